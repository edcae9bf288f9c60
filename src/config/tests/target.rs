use super::*;
use crate::error::Kind;

/// A configuration directory with this `config.toml`.
fn configured(toml: &str) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("config.toml"), toml).unwrap();
    let path = dir.path().to_str().unwrap().to_owned();
    (dir, path)
}

fn flags(local: bool, profile: Option<&str>) -> Flags {
    Flags { local, profile: profile.map(str::to_owned), ..Flags::default() }
}

fn is_local(settings: &Settings) -> bool {
    matches!(settings.target, Target::Local { .. })
}

#[test]
fn the_local_flag_ignores_every_atlas_variable() {
    let (_dir, path) = configured("");
    let environment = Environment::from([
        ("SPCTL_CONFIG_DIR", path.as_str()),
        ("SPCTL_DATA_DIR", "/nowhere"),
        ("MONGODB_ATLAS_PROJECT_ID", "p"),
        ("MONGODB_ATLAS_PROFILE", "missing"),
        ("MONGODB_ATLAS_PUBLIC_API_KEY", "half"),
    ]);
    let settings = Settings::resolve(&flags(true, None), &environment).unwrap();
    assert!(is_local(&settings));
    assert_eq!(settings.project, None);
}

#[test]
fn local_and_remote_together_are_refused() {
    let (_dir, path) = configured("[profiles.prod]\nproject = \"p\"\n");
    let plain =
        Environment::from([("SPCTL_CONFIG_DIR", path.as_str()), ("SPCTL_DATA_DIR", "/nowhere")]);
    let both = Settings::resolve(&flags(true, Some("prod")), &plain).unwrap_err();
    assert_eq!(both.kind(), Kind::Usage);
    for (name, value) in [("MONGODB_ATLAS_ACCESS_TOKEN", "t"), ("MONGODB_ATLAS_CLIENT_ID", "i")] {
        let environment = Environment::from([
            ("SPCTL_CONFIG_DIR", path.as_str()),
            ("SPCTL_DATA_DIR", "/nowhere"),
            ("SPCTL_LOCAL", "1"),
            (name, value),
        ]);
        let error = Settings::resolve(&flags(false, None), &environment).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn our_variable_names_the_profile_as_the_option_does() {
    let (_dir, path) = configured(
        "default_profile = \"d\"\n[profiles.a]\nproject = \"a\"\n[profiles.b]\nproject = \"b\"\n\
         [profiles.d]\n[profiles.l]\nkind = \"local\"\nproject = \"l\"\n",
    );
    let resolve = |flags: &Flags, variables: &[(&str, &str)]| {
        let base = [("SPCTL_CONFIG_DIR", path.as_str()), ("SPCTL_DATA_DIR", "/nowhere")];
        let all = base.iter().chain(variables).map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Settings::resolve(flags, &all.collect())
    };
    let (ours, theirs) = ("SPCTL_PROFILE", "MONGODB_ATLAS_PROFILE");
    for (flag, variables, name, source) in [
        (None, &[(ours, "a")][..], "a", Source::Variable(ours)),
        (None, &[(theirs, "b")], "b", Source::Variable(theirs)),
        (None, &[(ours, "a"), (theirs, "b")], "a", Source::Variable(ours)),
        (None, &[(ours, "a"), (theirs, "missing")], "a", Source::Variable(ours)),
        (None, &[(ours, ""), (theirs, "b")], "b", Source::Variable(theirs)),
        (None, &[(ours, " ")], "d", Source::DefaultProfile),
        (Some("b"), &[(ours, "a"), (theirs, "missing")], "b", Source::Flag("--profile")),
    ] {
        let settings = resolve(&flags(false, flag), variables).unwrap();
        assert_eq!(settings.profile, Some(Sourced::new(name, source)), "{variables:?}");
    }
    for (flag, variables) in [(None, &[(ours, "l")][..]), (Some("l"), &[])] {
        for local in [true, false] {
            let settings = resolve(&flags(local, flag), variables).unwrap();
            assert!(is_local(&settings) && settings.project.unwrap().value == "l");
        }
    }
    for (local, flag, variables, said) in [
        (true, Some("a"), &[][..], "the remote profile \"a\" (--profile)"),
        (true, None, &[(ours, "a")], "the remote profile \"a\" (SPCTL_PROFILE)"),
        (false, Some("l"), &[("SPCTL_LOCAL", "1")], "SPCTL_LOCAL=1 conflicts with --profile"),
        (false, None, &[("SPCTL_LOCAL", "1"), (ours, "l")], "conflicts with SPCTL_PROFILE"),
        (false, Some(" "), &[(ours, "a")], "--profile is empty"),
    ] {
        let error = resolve(&flags(local, flag), variables).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage, "{error}");
        assert!(error.to_string().contains(said), "{error}");
    }
    let missing = resolve(&flags(false, None), &[(ours, "x")]).unwrap_err();
    assert_eq!(missing.kind(), Kind::NotFound);
    assert!(missing.to_string().contains("SPCTL_PROFILE"), "{missing}");
    for local in ["SPCTL_LOCAL", "--local"] {
        let switched: &[_] = &[("SPCTL_LOCAL", "1"), (theirs, "a")];
        let variables = if local == "--local" { &switched[1..] } else { switched };
        let settings = resolve(&flags(local == "--local", None), variables).unwrap();
        assert_eq!(settings.profile, None, "{local}");
    }
}

#[test]
fn a_flag_beats_the_environment_which_beats_the_profile() {
    let (_dir, path) =
        configured("default_profile = \"a\"\n[profiles.a]\nproject = \"from profile\"\n");
    let base =
        [("SPCTL_CONFIG_DIR", path.as_str()), ("MONGODB_ATLAS_PROJECT_ID", "from environment")];
    let with = Environment::from(base);
    let without = Environment::from([base[0]]);
    let flag = Flags { project: Some("from flag".into()), ..Flags::default() };
    let project =
        |f: &Flags, e: &Environment| Settings::resolve(f, e).unwrap().project.unwrap().value;
    assert_eq!(project(&flag, &with), "from flag");
    assert_eq!(project(&Flags::default(), &with), "from environment");
    assert_eq!(project(&Flags::default(), &without), "from profile");
}

#[test]
fn a_bundle_is_named_by_flag_then_variable_then_profile() {
    let (_dir, path) =
        configured("default_profile = \"a\"\n[profiles.a]\nca_file = \"profile.pem\"\n");
    let base = [("SPCTL_CONFIG_DIR", path.as_str()), ("SSL_CERT_FILE", "variable.pem")];
    let flag = Flags { ca_file: Some("flag.pem".into()), ..Flags::default() };
    let bundle =
        |f: &Flags, e: &Environment| Settings::resolve(f, e).unwrap().ca_file.unwrap().value;
    let none = Flags::default();
    assert_eq!(bundle(&flag, &Environment::from(base)), PathBuf::from("flag.pem"));
    assert_eq!(bundle(&none, &Environment::from(base)), PathBuf::from("variable.pem"));
    assert_eq!(bundle(&none, &Environment::from([base[0]])), PathBuf::from("profile.pem"));
}

#[test]
fn a_secret_in_the_configuration_is_named_and_never_shown() {
    let (_dir, path) = configured("[profiles.a]\nclient_secret = \"mdb_sa_sk_canary\"\n");
    let environment = Environment::from([("SPCTL_CONFIG_DIR", path.as_str())]);
    let error = Settings::resolve(&Flags::default(), &environment).unwrap_err();
    assert!(error.to_string().contains("client_secret"), "{error}");
    assert!(!format!("{error:?}").contains("canary"));
}

#[test]
fn a_base_url_is_the_server_s_alone() {
    for right in ["https://cloud.mongodb.com", "http://127.0.0.1:8765/", "https://host/atlas"] {
        parse_base_url(right, "it").unwrap();
    }
    for wrong in
        ["https://h/api/atlas/v2", "https://h/api/atlas/v2/", "https://h/?a=b", "https://h#a"]
    {
        assert_eq!(parse_base_url(wrong, "it").unwrap_err().kind(), Kind::Usage, "{wrong}");
    }
}

#[test]
fn half_a_pair_and_two_kinds_are_refused_by_name() {
    let (_dir, path) = configured("");
    let dir = ("SPCTL_CONFIG_DIR", path.as_str());
    let half = Environment::from([dir, ("MONGODB_ATLAS_PUBLIC_API_KEY", "abcdefgh")]);
    let error = Settings::resolve(&Flags::default(), &half).unwrap().credential().unwrap_err();
    assert_eq!(error.kind(), Kind::NotPermitted);
    assert!(error.to_string().contains("MONGODB_ATLAS_PRIVATE_API_KEY"), "{error}");
    let both = Environment::from([
        dir,
        ("MONGODB_ATLAS_ACCESS_TOKEN", "t"),
        ("MONGODB_ATLAS_CLIENT_ID", "i"),
        ("MONGODB_ATLAS_CLIENT_SECRET", "s"),
    ]);
    let error = Settings::resolve(&Flags::default(), &both).unwrap().credential().unwrap_err();
    assert!(error.to_string().contains("MONGODB_ATLAS_ACCESS_TOKEN"), "{error}");
}

#[test]
fn a_private_half_is_known_however_it_is_written() {
    const HALF: &str = "0f5a3c1e-9b7d-4e2a-8c6f-1234567890ab";
    let bare = HALF.replace('-', "");
    for text in [HALF, &bare, &HALF.to_uppercase()] {
        for text in
            [text.to_owned(), format!("\"{text}\""), format!("'{text}'\n"), format!("{{{text}}}")]
        {
            assert!(super::credential::is_private(&text), "{text}");
        }
    }
    for id in ["abcdefgh", "mdb_sa_id_0f5a3c1e9b7d4e2a8c6f1234", "0f5a3c1e9b7d4e2a8c6f1234"] {
        assert!(!super::credential::is_private(id), "{id}");
    }
}
