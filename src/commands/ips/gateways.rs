//! `--gateway`: addresses of single services, which the list has beside the control plane's own.

use serde::Serialize;

use super::refused;
use super::selection::Regions;
use crate::brokers::addresses::{AddressList, Direction, GatewayRegion};
use crate::brokers::regions::Provider;
use crate::brokers::set::Entry;
use crate::comma_list::{CommaList, Items};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::ui::{Cell, Column, Listing, plural};

/// Every gateway, or the list of them.
const ALL: &str = "all";
const LIST: &str = "list";

/// Which gateways.
#[derive(Debug, Default, clap::Args)]
pub(super) struct GatewayArgs {
    /// Also allow the addresses of this gateway, a group that one service connects from; all for
    /// every gateway, list to see which there are
    #[arg(long = "gateway", value_name = "NAME|all|list,…", num_args = 1..)]
    names: Vec<CommaList<String>>,
}

/// What a gateway has for a region.
#[derive(Debug, Serialize)]
struct Row {
    gateway: String,
    provider: &'static str,
    region: String,
    entries: usize,
    direction: &'static str,
}

const LISTING: Listing<Row> = Listing {
    columns: &[
        Column::identifying("gateway", |row| row.gateway.as_str().into()),
        Column::telling_apart("provider", |row| row.provider.into()),
        Column::telling_apart("region", |row| row.region.as_str().into()),
        Column::new("entries", |row| Cell::Count(row.entries as u64)),
        Column::new("direction", |row| row.direction.into()),
    ],
    default: 5,
    name: |row| row.gateway.clone(),
};

impl GatewayArgs {
    /// Checks the words that are no names.
    ///
    /// # Errors
    /// Usage: `all` or `list` beside other values.
    pub(super) fn check(&self) -> Result<()> {
        match self.names.items().find(|name| *name == ALL || *name == LIST) {
            Some(word) if self.names.items().count() > 1 => Err(Error::usage(format!(
                "--gateway {word} cannot be combined with other gateways"
            ))),
            _ => Ok(()),
        }
    }

    /// Whether the gateways are to be listed, and nothing else.
    pub(super) fn lists(&self) -> bool {
        self.names.items().eq([LIST])
    }

    /// The gateways as they are named.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.names.items().map(String::as_str)
    }

    fn names(&self, gateway: &str) -> bool {
        self.names.items().eq([ALL]) || self.names.items().any(|name| name == gateway)
    }

    /// The entries of the gateways that were asked for.
    ///
    /// # Errors
    /// Not found: a gateway that does not exist, or has no addresses for any of the regions.
    pub(super) fn entries(
        &self,
        list: &AddressList,
        direction: Direction,
        wanted: &Regions,
    ) -> Result<Vec<Entry>> {
        let known = list.gateways(direction);
        for name in self.names.items().filter(|name| *name != ALL) {
            let of_name = || known.iter().filter(|gateway| gateway.name == name);
            if of_name().next().is_none() {
                let names = || known.iter().map(|gateway| gateway.name);
                let otherwise = "spctl ips --gateway list shows which there are";
                return Err(Error::not_found(format!("the list has no gateway {name:?}"))
                    .hint(near::hint(name, names(), otherwise)));
            }
            if !of_name().any(|gateway| is_in(gateway, wanted)) {
                let why =
                    format!("gateway {name:?} has no {direction} addresses for these regions");
                let regions: Vec<_> =
                    of_name().map(|g| format!("{} {}", g.provider, g.region)).collect();
                return Err(
                    Error::not_found(why).hint(format!("it has some for {}", regions.join(", ")))
                );
            }
        }
        let chosen = known.iter().filter(|g| self.names(g.name) && is_in(g, wanted));
        let mut entries = Vec::new();
        for gateway in chosen {
            entries.extend(gateway.entries(direction).map_err(refused)?);
        }
        Ok(entries)
    }

    /// Which gateways are included, and which are not: none is added silently.
    pub(super) fn notes(
        &self,
        list: &AddressList,
        direction: Direction,
        wanted: &Regions,
    ) -> Vec<String> {
        let note = |gateway: &GatewayRegion<'_>| {
            let GatewayRegion { name, provider, region, .. } = gateway;
            let many = plural(gateway.count(), "entry");
            match self.names(name) {
                true => format!("{provider} {region}: {many} of gateway {name:?} included"),
                false => format!(
                    "{provider} {region}: {many} of gateway {name:?} not included; these are the \
                     addresses of one service, needed only where it connects; --gateway {} adds them",
                    crate::shell::quote(name)
                ),
            }
        };
        list.gateways(direction).iter().filter(|g| is_in(g, wanted)).map(note).collect()
    }
}

fn is_in(gateway: &GatewayRegion<'_>, wanted: &Regions) -> bool {
    wanted.contains(&(gateway.provider, gateway.region.to_owned()))
}

/// Lists the gateways, of one provider if that is given.
pub(super) fn write(
    context: &Context,
    list: &AddressList,
    direction: Direction,
    provider: Option<Provider>,
) -> Result<()> {
    let gateways = list.gateways(direction).into_iter();
    let rows = gateways.filter(|g| provider.is_none_or(|p| p == g.provider)).map(|gateway| Row {
        gateway: gateway.name.to_owned(),
        provider: gateway.provider.key(),
        region: gateway.region.to_owned(),
        entries: gateway.count(),
        direction: direction.key(),
    });
    let nothing = format!("the list has no gateways with {direction} addresses");
    context.ui.list_computed(&LISTING, rows, &nothing).map(drop)
}
