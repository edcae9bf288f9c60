//! The value of a variable of Terraform.

use serde_json::{Map, Value, json};

use super::options::NAME;
use super::{Argument, Misuse, Options, Target, Writer, hcl};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;

/// Names that Terraform keeps from variables.
const RESERVED: [&str; 8] =
    ["count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"];

/// A list of blocks as a `*.tfvars.json` file.
#[derive(Debug)]
pub(super) struct Tfvars;

impl Target for Tfvars {
    fn name(&self) -> &'static str {
        "tfvars"
    }

    fn about(&self) -> &'static str {
        "The value of a Terraform variable that is a list of blocks"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME]
    }

    fn advice(&self) -> &'static str {
        "it names the variable, as in --name atlas_cidr_blocks"
    }

    fn applied(&self) -> &'static str {
        "terraform apply, once it is kept as NAME.auto.tfvars.json, or with -var-file=FILE"
    }

    fn extension(&self) -> &'static str {
        "tfvars.json"
    }

    fn bites(&self) -> &'static str {
        "The configuration has to declare the variable, as a list(string) or set(string), and decides \
         what becomes of it: IPv6 blocks stand in the list as well. Terraform only warns of a variable \
         that is not declared."
    }

    fn example(&self) -> &'static str {
        "--name atlas_cidr_blocks"
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        let name = hcl::name(options)?;
        if RESERVED.contains(&name.as_str()) {
            let problem = format!("--name {name:?} cannot name a variable");
            return Err(Misuse::new(problem, "Terraform keeps this name to itself"));
        }
        Ok(Box::new(Variable { name }))
    }
}

#[derive(Debug)]
struct Variable {
    name: String,
}

impl Writer for Variable {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let nets: Vec<String> = blocks.iter().map(|block| block.net.to_string()).collect();
        let value = Value::from(Map::from_iter([(self.name.clone(), json!(nets))]));
        Ok(format!("{value:#}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn variable(name: &str) -> Result<Box<dyn Writer>, Misuse> {
        let mut options = Options::default();
        options.insert(&NAME, vec![name.to_owned()]);
        Tfvars.prepare(&options)
    }

    #[test]
    fn the_variable_is_a_list() {
        let text = variable("atlas").unwrap().write(&blocks(&["192.0.2.1/32", "2001:db8::/64"]));
        let expected = json!({ "atlas": ["192.0.2.1/32", "2001:db8::/64"] });
        assert_eq!(serde_json::from_str::<Value>(&text.unwrap()).unwrap(), expected);
        for name in ["version", "count", "a b", "1a", "a.b", "${a}"] {
            assert!(variable(name).is_err(), "{name}");
        }
    }
}
