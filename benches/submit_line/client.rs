//! The load: connections that each wait for an answer before they send the next request, all on one thread.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use hdrhistogram::Histogram;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::world::Calculation;

/// What is asked for.
pub enum Load<'a> {
    Health {
        lasting: Duration,
    },
    /// Each student opens their calculation, as one does before writing; ends when all have.
    Open {
        calculations: &'a [Calculation],
    },
    /// Each connection takes its share of the calculations and hands in their lines one by one.
    Lines {
        calculations: &'a [Calculation],
        lasting: Duration,
    },
}

/// What came of it. Times in microseconds.
pub struct Measured {
    pub answers: u64,
    /// Answers a second.
    pub rate: f64,
    pub times: Histogram<u64>,
    /// The calculations ran out before the time did.
    pub ran_out: bool,
}

/// Runs a load to its end.
pub fn run(address: SocketAddr, connections: usize, load: &Load<'_>) -> anyhow::Result<Measured> {
    let (requests, lasting) = match load {
        Load::Health { lasting } => {
            let get = b"GET /health HTTP/1.1\r\nhost: bench\r\n\r\n".to_vec();
            (vec![vec![get]; connections], *lasting)
        }
        Load::Open { calculations } => {
            (shares(calculations, connections, |one| vec![one.opening()]), Duration::from_secs(60))
        }
        Load::Lines { calculations, lasting } => (shares(calculations, connections, Calculation::requests), *lasting),
    };
    let again = matches!(load, Load::Health { .. });
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let start = Instant::now();
        let tasks: Vec<_> =
            requests.into_iter().map(|requests| tokio::spawn(ask(address, requests, start + lasting, again))).collect();
        let mut times = Histogram::new(3)?;
        let mut ran_out = false;
        for task in tasks {
            let (own, out) = task.await??;
            times.add(own)?;
            ran_out |= out;
        }
        let answers = times.len();
        let rate = f64::from(u32::try_from(answers)?) / start.elapsed().as_secs_f64();
        Ok(Measured { answers, rate, times, ran_out })
    })
}

fn shares(
    calculations: &[Calculation],
    connections: usize,
    requests: impl Fn(&Calculation) -> Vec<Vec<u8>>,
) -> Vec<Vec<Vec<u8>>> {
    let mut shares = vec![Vec::new(); connections];
    for (calculation, share) in calculations.iter().zip((0..connections).cycle()) {
        if let Some(share) = shares.get_mut(share) {
            share.extend(requests(calculation));
        }
    }
    shares
}

async fn ask(
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
    until: Instant,
    again: bool,
) -> anyhow::Result<(Histogram<u64>, bool)> {
    let mut stream = TcpStream::connect(address).await.context("cannot connect")?;
    stream.set_nodelay(true)?;
    let mut times = Histogram::new(3)?;
    let mut buffer = Vec::with_capacity(8 * 1024);
    let mut place = 0;
    while Instant::now() < until {
        let Some(request) = requests.get(place) else { return Ok((times, true)) };
        let sent = Instant::now();
        stream.write_all(request).await?;
        answer(&mut stream, &mut buffer).await?;
        times.record(u64::try_from(sent.elapsed().as_micros())?.max(1))?;
        if !again {
            place += 1;
        }
    }
    Ok((times, false))
}

/// Reads one whole answer; anything but 200 or 201 ends the measurement.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<()> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&buffer[..end])?;
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .context("no content-length")?
            .parse()?;
        while buffer.len() < end + 4 + length {
            if stream.read_buf(buffer).await? == 0 {
                bail!("the server closed the connection");
            }
        }
        let status = buffer.get(9..12).unwrap_or_default();
        if status != b"200" && status != b"201" {
            bail!("the server answered {}", String::from_utf8_lossy(buffer));
        }
        return Ok(());
    }
}
