use super::*;

#[test]
fn retry_after_is_seconds_or_a_date() {
    let read = |value: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, value.parse().unwrap());
        retry_after(&headers)
    };
    assert_eq!(read("7"), Some(Duration::from_secs(7)));
    assert_eq!(read("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
    assert_eq!(read("soon"), None);
    let then = Timestamp::now() + jiff::SignedDuration::from_secs(60);
    let then = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&then).unwrap();
    let wait = read(&then).unwrap();
    assert!(wait > Duration::from_secs(57) && wait <= Duration::from_secs(60), "{wait:?}");
}

#[test]
fn waits_double_and_patience_ends() {
    let retry = Retry {
        attempts: 4,
        first_wait: Duration::from_millis(100),
        longest_wait: Duration::from_millis(300),
        budget: Duration::from_secs(10),
    };
    let failure = ApiError::new(Cause::NoConnection, "refused");
    let mut patience = Patience::new(&retry);
    for (low, high) in [(50, 100), (100, 200), (150, 300)] {
        patience.attempts += 1;
        let wait = patience.after(&Method::POST, &failure).unwrap().as_millis();
        assert!((low..=high).contains(&wait), "{wait}");
    }
    patience.attempts += 1;
    assert_eq!(patience.after(&Method::POST, &failure), None);
}
