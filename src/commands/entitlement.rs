//! `stegvis entitlement`: which school has which material until when.

use anyhow::{Context, bail};
use jiff::civil::Date;
use vault::{
    EntitlementId, Fault, Millis,
    rows::entitlements::{self, ALL, Entitlement, Holder},
};

use super::Settings;
use crate::{app::App, calendar, chance::Chance, clock::Clock};

/// What `stegvis entitlement` is told.
#[derive(clap::Args)]
pub(super) struct EntitlementCommand {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// Show who has what until when
    List {
        #[command(flatten)]
        whose: Whose,
    },
    /// Give a material from now on; one that they have already goes on until the new day
    Give {
        #[command(flatten)]
        whose: Whose,
        /// The material's id, or all
        #[arg(long)]
        material: String,
        /// The last day with it where they are, such as 2027-06-30; without an end if it is left out
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
    },
    /// End a material, now or after a day
    End {
        #[command(flatten)]
        whose: Whose,
        /// The material's id, or all
        #[arg(long)]
        material: String,
        /// The last day with it; now if it is left out
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
    },
}

/// Whose entitlement is meant.
#[derive(clap::Args)]
struct Whose {
    /// A school, by name or id
    #[arg(long)]
    school: Option<String>,
    /// A whole controller, by name or id; with --school the one that the school belongs to
    #[arg(long)]
    controller: Option<String>,
}

impl Whose {
    /// Everyone who is meant; without a school, a controller is meant itself and, in a list, its schools too.
    fn among(&self, all: Vec<Holder>) -> Vec<Holder> {
        let meant = |asked: &Option<String>, id: String, name: &str| {
            asked.as_ref().is_none_or(|asked| *asked == id || asked.to_lowercase() == name.to_lowercase())
        };
        all.into_iter()
            .filter(|holder| meant(&self.controller, holder.controller.to_string(), &holder.controller_name))
            .filter(|holder| match &holder.school {
                Some((id, name)) => meant(&self.school, id.to_string(), name),
                None => self.school.is_none(),
            })
            .collect()
    }

    /// The one who is meant.
    fn one(&self, all: Vec<Holder>) -> anyhow::Result<Holder> {
        if self.school.is_none() && self.controller.is_none() {
            bail!("say whose with --school or --controller; `stegvis entitlement list` shows their names");
        }
        let mut found = self.among(all);
        if self.school.is_none() {
            found.retain(|holder| holder.school.is_none());
        }
        match found.len() {
            0 => bail!("there is no such school or controller; `stegvis entitlement list` shows their names"),
            1 => found.pop().context("one was found"),
            many => {
                let ids: Vec<String> = found.iter().map(told).collect();
                bail!("{many} are called that. Give the id instead of the name:\n{}", ids.join("\n"))
            }
        }
    }
}

fn told(holder: &Holder) -> String {
    match &holder.school {
        Some((id, name)) => format!("{name} ({}), {id}", holder.controller_name),
        None => format!("{}, all schools, {}", holder.controller_name, holder.controller),
    }
}

impl EntitlementCommand {
    /// Does what it is told, on the database that the settings name.
    ///
    /// # Errors
    /// An unknown school or material, a day that has passed, and whatever keeps the server from starting.
    pub fn run(self) -> anyhow::Result<()> {
        let config = self.settings.load()?;
        actix_web::rt::System::new().block_on(async {
            let app = App::build(config, Clock::System, Chance::from_system()?).await?;
            let done = act(&app, self.act).await;
            app.close().await;
            for line in done? {
                println!("{line}");
            }
            Ok(())
        })
    }
}

async fn act(app: &App, act: Act) -> anyhow::Result<Vec<String>> {
    let all = app.vault.read(entitlements::holders).await?;
    match act {
        Act::List { whose } => list(app, whose.among(all)).await,
        Act::Give { whose, material, until } => {
            let (holder, material) = (whose.one(all)?, known(app, material)?);
            let (now, to) = (app.clock.now(), until.map(|day| first_without(app, &whose_zone(&holder), day)));
            let new = Entitlement {
                id: app.chance.draw(EntitlementId::random),
                school: holder.school.as_ref().map(|(id, _)| *id),
                material,
                from: now,
                to: to.transpose()?,
            };
            let line = format!("{}: {}", told(&holder), shown(&new, &holder.time_zone));
            app.vault.write(move |tx| entitlements::give(tx, holder.controller, &new)).await?;
            Ok(vec![line])
        }
        Act::End { whose, material, until } => {
            let (holder, material) = (whose.one(all)?, known(app, material)?);
            let at = match until {
                Some(day) => first_without(app, &holder.time_zone, day)?,
                None => app.clock.now(),
            };
            let line = format!("{}: {material} ends", told(&holder));
            let school = holder.school.as_ref().map(|(id, _)| *id);
            let ended =
                app.vault.write(move |tx| entitlements::end(tx, holder.controller, school, &material, at)).await?;
            if ended == 0 {
                bail!("they have no such material of their own; `stegvis entitlement list` shows what they have");
            }
            Ok(vec![line])
        }
    }
}

async fn list(app: &App, holders: Vec<Holder>) -> anyhow::Result<Vec<String>> {
    let now = app.clock.now();
    let lines = app
        .vault
        .read(move |tx| {
            let mut lines = Vec::new();
            for holder in &holders {
                lines.push(told(holder));
                let held = entitlements::held_by(tx, holder, now)?;
                lines.extend(held.iter().map(|held| format!("    {}", shown(held, &holder.time_zone))));
            }
            Ok::<_, Fault>(lines)
        })
        .await?;
    Ok(lines)
}

/// «algebra until 2027-06-30»
fn shown(held: &Entitlement, time_zone: &str) -> String {
    match held.to {
        Some(to) => format!("{} until {}", held.material, calendar::day(to.plus(-1), time_zone)),
        None => format!("{} without an end", held.material),
    }
}

fn whose_zone(holder: &Holder) -> String {
    holder.time_zone.clone()
}

/// The material, if the bank has it.
fn known(app: &App, material: String) -> anyhow::Result<String> {
    let names: Vec<&str> = app.bank.materials().iter().map(|known| known.id.as_str()).collect();
    if material == ALL || names.contains(&material.as_str()) {
        return Ok(material);
    }
    bail!("there is no material {material}. The materials are {}, and all for every one", names.join(", "))
}

/// The first moment after a day that has not ended yet.
fn first_without(app: &App, time_zone: &str, last: Date) -> anyhow::Result<Millis> {
    let end = calendar::end_of(last, time_zone).with_context(|| format!("{last} cannot be used"))?.plus(1);
    if end <= app.clock.now() {
        bail!("{last} has passed; give the last day with the material, or leave --until out to end it now");
    }
    Ok(end)
}
