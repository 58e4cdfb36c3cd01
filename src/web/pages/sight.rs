//! What the one who is signed in sees, what not, and why that is right: in words, for each of their roles.

use actix_web::{HttpRequest, get};
use askama::Template;
use vault::Role;

use crate::web::{
    frame::{Frame, Tab},
    page::{Answer, html},
    who::Someone,
};

#[derive(Template)]
#[template(path = "sight.html")]
struct SightPage {
    frame: Frame,
    roles: Vec<RoleShown>,
}

/// One role in words.
struct RoleShown {
    name: String,
    sees: String,
    not: String,
    why: String,
}

impl RoleShown {
    fn of(frame: &Frame, role: Role) -> Self {
        let role = role.name().replace('_', "-");
        Self {
            name: frame.t(&format!("role-{role}")),
            sees: frame.t(&format!("role-{role}-sees")),
            not: frame.t(&format!("role-{role}-not")),
            why: frame.t(&format!("role-{role}-why")),
        }
    }
}

/// The page.
#[get("/sight")]
pub async fn show(request: HttpRequest, Someone(signed): Someone) -> Answer {
    let frame = Frame::of(&request, Some(&signed), Tab::Sight);
    let roles = Role::ALL.into_iter().filter(|role| signed.profile.is(*role));
    html(&SightPage { roles: roles.map(|role| RoleShown::of(&frame, role)).collect(), frame })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Language;

    #[test]
    fn every_role_is_said_in_both_languages() {
        for language in Language::ALL {
            for role in Role::ALL.map(|role| role.name().replace('_', "-")) {
                for key in [
                    format!("role-{role}"),
                    format!("role-{role}-sees"),
                    format!("role-{role}-not"),
                    format!("role-{role}-why"),
                ] {
                    assert_ne!(language.t(&key), key);
                }
            }
        }
    }
}
