use super::*;

/// RFC 7616, section 3.9.1.
fn vector(algorithm: &str) -> String {
    let mut headers = HeaderMap::new();
    let challenge = format!(
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
         nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
         opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
    );
    headers.insert(header::WWW_AUTHENTICATE, challenge.parse().unwrap());
    let mut challenge = Challenge::of(&headers).unwrap();
    let password = "Circle of Life".into();
    let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    let value = challenge.sign("Mufasa", &password, &Method::GET, "/dir/index.html", cnonce);
    let value = value.unwrap();
    assert!(value.is_sensitive());
    value.to_str().unwrap().to_owned()
}

#[test]
fn the_vectors_of_the_rfc_come_out() {
    let md5 = vector("MD5");
    assert!(md5.contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""), "{md5}");
    assert!(md5.contains("nc=00000001") && md5.contains("qop=auth,"), "{md5}");
    let sha = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
    assert!(vector("SHA-256").contains(&format!("response=\"{sha}\"")));
}

#[test]
fn the_strongest_challenge_that_can_be_met_is_taken() {
    let mut headers = HeaderMap::new();
    let both = "Basic realm=\"a, b\", Digest realm=\"x \\\"y\\\"\", nonce=\"1\", algorithm=MD5, \
                qop=\"auth\", Digest realm=\"x\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"";
    headers.append(header::WWW_AUTHENTICATE, both.parse().unwrap());
    let newer = "Digest realm=\"x\", nonce=\"3\", algorithm=SHA-512-256";
    headers.append(header::WWW_AUTHENTICATE, newer.parse().unwrap());
    let challenge = Challenge::of(&headers).unwrap();
    assert_eq!((challenge.hash, challenge.nonce.as_str()), (Hash::Sha256, "2"));

    let only = "Negotiate, Digest realm=\"x \\\"y\\\"\", nonce=\"1\"";
    headers.clear();
    headers.append(header::WWW_AUTHENTICATE, only.parse().unwrap());
    let challenge = Challenge::of(&headers).unwrap();
    assert_eq!(
        (challenge.hash, challenge.realm.as_str(), challenge.qop),
        (Hash::Md5, "x \"y\"", false)
    );

    headers.clear();
    headers.append(header::WWW_AUTHENTICATE, "Bearer".parse().unwrap());
    assert!(Challenge::of(&headers).is_none());
}
