//! Pages for browsers: the matrix as a heat map, and the paths. They need no network and hold no
//! script.

use std::io::Write as _;
use std::path::Path;

use super::paths::Row;
use crate::audit::report::html::Html;
use crate::audit::report::{Sheet, sheet};
use crate::error::Result;
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::privileges::catalogue::actions::{ACTIONS, Action};
use crate::privileges::catalogue::presets::PRESETS;
use crate::privileges::project::{DatabaseUser, Project};
use crate::privileges::rights::{ActionSet, Rights, Verdict};
use crate::ui;

/// More instances beside each other than a page has room for.
const MOST_BESIDE: usize = 40;

/// Writes a page into a file.
///
/// # Errors
/// Failed, where it cannot be written; conflict, where a file is there meanwhile.
pub(super) fn write(path: &Path, page: &str, force: bool) -> Result<()> {
    let cannot = |error| output::unwritten(path, Replace::forced(force), error);
    let mut pending = Pending::create(path).map_err(cannot)?;
    pending.write_all(page.as_bytes()).map_err(cannot)?;
    pending.keep(force).map_err(cannot)
}

fn page(project: &Project, title: &str, body: impl FnOnce(&mut Html)) -> String {
    let about = Sheet {
        title,
        about: &format!("Project {}", project.name),
        program: concat!("spctl ", env!("CARGO_PKG_VERSION")),
        taken: project.taken.as_microsecond(),
    };
    sheet(&about, ui::harmless, body)
}

/// Who may do what: by how much on which instance, then action by action.
pub(super) fn matrix(
    project: &Project,
    instances: &[&str],
    users: &[(String, &DatabaseUser, Rights)],
) -> String {
    let on = |user: &DatabaseUser, rights: Rights, instance: &str| {
        let counts = user.may_be_on(instance, project.taken);
        if counts { rights } else { Rights::default() }
    };
    page(project, "Who may do what", |html| {
        if instances.len() > 1 && instances.len() <= MOST_BESIDE {
            section(html, "By instance", |html| {
                html.markup("<p>How many of the 11 stream actions each user may do.</p>");
                let heads: Vec<String> = instances.iter().map(|name| (*name).to_owned()).collect();
                table(html, &heads, |html| {
                    for (called, user, rights) in users {
                        html.element("tr", &[], |html| {
                            html.element("th", &[("scope", &"row")], |html| html.outside(called));
                            for instance in instances {
                                amount(html, on(user, *rights, instance));
                            }
                        });
                    }
                });
            });
        }
        let heads: Vec<String> = ACTIONS.iter().map(Action::word).collect();
        for instance in instances {
            let here = || {
                let all = users.iter().map(|(called, user, r)| (called, on(user, *r, instance)));
                all.filter(|(_, rights)| *rights != Rights::default())
            };
            section(html, instance, |html| {
                if here().next().is_none() {
                    html.markup("<p>No database user may do anything here.</p>");
                    return;
                }
                table(html, &heads, |html| {
                    for (called, rights) in here() {
                        html.element("tr", &[], |html| {
                            html.element("th", &[("scope", &"row")], |html| html.outside(called));
                            ACTIONS.iter().for_each(|action| one(html, action, rights));
                        });
                    }
                });
            });
        }
        html.markup(
            "<p class=\"note\">The darker, the more an action changes: reading is lightest. \
             “?” depends on a role that is not fully understood.</p>",
        );
    })
}

/// How much an action lets its holder change: by the first preset that has it, the weakest first.
fn weight(action: &Action) -> usize {
    let has = |preset: &&crate::privileges::catalogue::presets::Preset| {
        preset.actions().collect::<ActionSet>().contains(action)
    };
    let mut by_size: Vec<_> = PRESETS.iter().collect();
    by_size.sort_by_key(|preset| preset.actions().count());
    let first = by_size.iter().position(has);
    (first.map_or(5, |index| index * 2 + 1)).min(5)
}

fn one(html: &mut Html, action: &Action, rights: Rights) {
    let (class, text) = match rights.verdict(action) {
        Verdict::Yes => (format!("cell c{}", weight(action)), "yes"),
        Verdict::Might => ("cell might".to_owned(), "?"),
        Verdict::No => ("cell".to_owned(), ""),
    };
    html.words("td", &[("class", &class)], text);
}

fn amount(html: &mut Html, rights: Rights) {
    let count = rights.sure.iter().count();
    let class = match count {
        0 if rights.is_unclear => "cell might".to_owned(),
        0 => "cell".to_owned(),
        count => format!("cell c{}", (count * 5).div_ceil(ACTIONS.len())),
    };
    let unclear = if rights.is_unclear && count < ACTIONS.len() { "?" } else { "" };
    let count = if count == 0 { String::new() } else { count.to_string() };
    html.words("td", &[("class", &class)], format!("{count}{unclear}"));
}

/// Which clusters users reach through pipelines.
pub(super) fn paths(project: &Project, rows: &[Row]) -> String {
    let heads = ["instance", "connection", "cluster", "executes as", "more", "why"];
    page(project, "What pipelines reach", |html| {
        section(html, "Paths", |html| {
            if rows.is_empty() {
                html.markup("<p>No database user reaches a cluster through a pipeline.</p>");
                return;
            }
            table(html, &heads.map(str::to_owned), |html| {
                for row in rows {
                    let cluster = match &row.project {
                        Some(project) => format!("{} of project {project}", row.cluster),
                        None => row.cluster.clone(),
                    };
                    html.element("tr", &[], |html| {
                        html.element("th", &[("scope", &"row")], |html| html.outside(&row.called));
                        let role = row.role.as_deref().unwrap_or("no role is named");
                        for text in [&row.instance, &row.connection, &cluster, role] {
                            html.element("td", &[], |html| html.outside(text));
                        }
                        let class = match row.more {
                            "yes" => "cell c4",
                            "unclear" => "cell might",
                            _ => "cell",
                        };
                        html.words("td", &[("class", &class)], row.more);
                        html.element("td", &[], |html| html.outside(&row.why));
                    });
                }
            });
        });
        html.markup(
            "<p class=\"note\">Whoever may create, modify or process a stream processor acts \
             through the instance’s connections, as the roles that these execute as.</p>",
        );
    })
}

fn section(html: &mut Html, title: &str, inside: impl FnOnce(&mut Html)) {
    html.element("section", &[], |html| {
        html.element("h2", &[], |html| html.outside(title));
        inside(html);
    });
}

fn table(html: &mut Html, heads: &[String], rows: impl FnOnce(&mut Html)) {
    html.element("div", &[("class", &"sheet"), ("tabindex", &"0")], |html| {
        html.element("table", &[], |html| {
            html.element("thead", &[], |html| {
                html.element("tr", &[], |html| {
                    html.words("th", &[("scope", &"col")], "user");
                    for head in heads {
                        html.element("th", &[("scope", &"col")], |html| html.outside(head));
                    }
                });
            });
            html.element("tbody", &[], rows);
        });
    });
}
