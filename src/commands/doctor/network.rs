//! Who can reach the server, and the certificate.

use super::{Patient, Report};
use crate::{
    config::is_loopback,
    web::{Standing, Tls},
};

const DAY: i64 = 24 * 3_600_000;
/// Days before its end at which a certificate is asked about: those who renew by themselves do so earlier.
const SOON: i64 = 21;

pub(super) fn look(patient: &Patient<'_>, report: &mut Report) {
    let config = patient.config;
    let listen = config.listen;
    if is_loopback(listen.ip()) {
        report.ok("listen", format!("{listen}: this machine only"));
    } else if config.proxy.speaks_tls && !config.tls.is_spoken() {
        report.warn(
            "listen",
            format!("{listen} speaks plain HTTP, and a proxy is said to be in front"),
            "see that nobody gets to the port past the proxy: a firewall, or listen on 127.0.0.1",
        );
    } else {
        report.ok("listen", format!("{listen}, over TLS"));
    }
    if config.tls.self_signed {
        report.warn("certificate", "is one for a trial, which nobody vouches for", "set tls.certificate and tls.key");
    }
    let Some(file) = &config.tls.certificate else { return };
    if let Err(error) = Tls::of(config, patient.now) {
        return report.error("certificate", &error);
    }
    match Standing::of(file) {
        Err(error) => report.error("certificate", &error),
        Ok(standing) => certificate(&standing, patient.now, report),
    }
}

fn certificate(standing: &Standing, now: vault::Millis, report: &mut Report) {
    let names = match standing.names.join(", ") {
        names if names.is_empty() => "no name".to_owned(),
        names => names,
    };
    let days = (standing.until.0 - now.0).div_euclid(DAY);
    let renew = "renew it, and put the key and then the certificate in place; the server takes them up by itself";
    if now < standing.from {
        report.fault("certificate", format!("for {names} does not hold yet"), "see that the clock is right");
    } else if now > standing.until {
        report.fault("certificate", format!("for {names} ran out {} days ago", -days), renew);
    } else if standing.names.is_empty() {
        report.fault("certificate", "holds no name, so browsers refuse it", "get one for the name that browsers use");
    } else if days < SOON {
        report.warn("certificate", format!("for {names} holds for {days} days"), renew);
    } else {
        report.ok("certificate", format!("for {names} holds for {days} days, and its key fits"));
    }
}

#[cfg(test)]
mod tests {
    use vault::Millis;

    use super::{super::State, *};

    #[test]
    fn a_certificate_is_asked_about_before_it_ends() {
        let state = |from: i64, until: i64, names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            let mut report = Report::default();
            certificate(
                &Standing { from: Millis(from * DAY), until: Millis(until * DAY), names },
                Millis(0),
                &mut report,
            );
            report.worst()
        };
        assert!(state(-1, 90, &["a.example"]) == State::Ok);
        assert!(state(-1, 21, &["a.example"]) == State::Ok);
        assert!(state(-1, 20, &["a.example"]) == State::Warning);
        assert!(state(-90, -1, &["a.example"]) == State::Fault);
        assert!(state(1, 90, &["a.example"]) == State::Fault);
        assert!(state(-1, 90, &[]) == State::Fault);
    }
}
