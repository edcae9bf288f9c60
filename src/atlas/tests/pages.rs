use futures_util::TryStreamExt;

use super::*;
use crate::atlas::{ApiError, Cause, Row, users::User};

/// The query's value of a name, as a number.
fn query(request: &SeenRequest, name: &str) -> Option<usize> {
    let (_, query) = request.target.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))?.parse().ok())
}

/// A page of `all` rows, as `sent` says how many of them are there.
fn page(request: &SeenRequest, all: usize, total: Option<usize>) -> Response {
    let (number, size) =
        (query(request, "pageNum").unwrap(), query(request, "itemsPerPage").unwrap());
    let rows: Vec<_> = (0..all)
        .skip((number - 1) * size)
        .take(size)
        .map(|row| format!(r#"{{"username":"user{row}","new":[{row}]}}"#))
        .collect();
    let next = match number * size < all {
        true => r#"{"rel":"next","href":"http://elsewhere.invalid/"}"#,
        false => r#"{"rel":"self"}"#,
    };
    let total = total.map_or(String::new(), |total| format!(r#","totalCount":{total}"#));
    json(200, &format!(r#"{{"links":[{next}],"results":[{}]{total}}}"#, rows.join(",")))
}

async fn names(url: &Url) -> Result<Vec<Row<User>>, ApiError> {
    client(url, Credential::None).users("p").try_collect().await
}

#[tokio::test]
async fn every_row_comes_in_order_whether_or_not_there_is_a_total() {
    for all in [0, 1, 500, 501, 9321] {
        for total in [Some(all), Some(0), None] {
            let (url, log) = serve(move |_, request| page(request, all, total)).await;
            let rows = names(&url).await.unwrap();
            let expected: Vec<_> = (0..all).map(|row| format!("user{row}")).collect();
            assert_eq!(
                rows.iter().map(|row| &row.view.username).collect::<Vec<_>>(),
                expected.iter().collect::<Vec<_>>()
            );
            assert_eq!(log.lock().unwrap().len(), all.div_ceil(500).max(1));
            if let Some(row) = rows.last() {
                assert!(row.raw.get().contains(r#""new":["#));
            }
        }
    }
}

#[tokio::test]
async fn a_list_that_grew_is_read_to_its_end() {
    let (url, _) = serve(|_, request| page(request, 1700, Some(600))).await;
    assert_eq!(names(&url).await.unwrap().len(), 1700);
}

#[tokio::test]
async fn a_short_list_is_read_once_more_and_then_fails() {
    let (url, _) = serve(|before, request| match before {
        0 => page(request, 2, Some(3)),
        _ => page(request, 3, Some(3)),
    })
    .await;
    assert_eq!(names(&url).await.unwrap().len(), 3);

    for (there, told, requests) in [(2, 3, 2), (700, 800, 3)] {
        let (url, log) = serve(move |_, request| page(request, there, Some(told))).await;
        let error = names(&url).await.unwrap_err();
        assert_eq!(error.cause(), Cause::Incomplete);
        assert!(
            error.to_string().contains(&format!("got {there} of {told} announced rows")),
            "{error}"
        );
        assert_eq!(log.lock().unwrap().len(), requests);
    }
}

#[tokio::test]
async fn a_server_may_give_fewer_rows_to_a_page_than_it_was_asked_for() {
    for (all, cap) in [(1, 100), (100, 100), (101, 100), (950, 100), (1000, 7), (501, 499)] {
        for total in [Some(all), Some(0), None] {
            let (url, log) = serve(move |_, request| {
                let number = query(request, "pageNum").unwrap();
                let target = format!("?pageNum={number}&itemsPerPage={cap}");
                page(&SeenRequest { target, ..SeenRequest::default() }, all, total)
            })
            .await;
            let rows = names(&url).await.unwrap();
            let expected: Vec<_> = (0..all).map(|row| format!("user{row}")).collect();
            let got: Vec<_> = rows.iter().map(|row| row.view.username.clone()).collect();
            assert_eq!(got, expected, "{all} by {cap}");
            assert_eq!(log.lock().unwrap().len(), all.div_ceil(cap), "{all} by {cap}");
        }
    }
}

/// Rows by number, in a state of their own for each request, on pages of 500.
fn numbered(request: &SeenRequest, before: usize, all: &[usize], total: Option<usize>) -> Response {
    let number = query(request, "pageNum").unwrap();
    let page = all.iter().skip((number - 1) * 500).take(500);
    let rows: Vec<_> = page
        .map(|row| {
            format!(r#"{{"state":{before},"username":"u{row}","databaseName":"admin","x":[{{"username":1}}]}}"#)
        })
        .collect();
    let next = if number * 500 < all.len() { r#"{"rel":"next"}"# } else { "" };
    let total = total.map_or(String::new(), |total| format!(r#","totalCount":{total}"#));
    json(200, &format!(r#"{{"links":[{next}],"results":[{}]{total}}}"#, rows.join(",")))
}

#[tokio::test]
async fn a_row_that_an_insertion_moved_is_passed_on_once() {
    for count in [501, 1000, 1499] {
        for total in [Some(count), Some(0), None] {
            let (url, _) = serve(move |before, request| {
                // After the first page a row comes in at the front.
                let all: Vec<usize> = match before {
                    0 => (1..=count).collect(),
                    _ => (0..=count).collect(),
                };
                numbered(request, before, &all, total)
            })
            .await;
            let rows = names(&url).await.unwrap();
            let got: Vec<_> = rows.iter().map(|row| row.view.username.clone()).collect();
            let expected: Vec<_> = (1..=count).map(|row| format!("u{row}")).collect();
            assert_eq!(got, expected, "{count}, {total:?}");
        }
    }
}

#[tokio::test]
async fn two_rows_are_one_only_where_all_that_tells_them_apart_is_the_same() {
    let (url, _) = serve(|_, request| match query(request, "pageNum").unwrap() {
        1 => json(
            200,
            r#"{"links":[{"rel":"next"}],"results":[{"username":"a","databaseName":"admin"},{"unknown":1}]}"#,
        ),
        _ => json(
            200,
            r#"{"results":[{"databaseName":"$external","username":"a"},{"unknown":1},
            {"databaseName":"admin","\u0075sername":"a","roles":[]}]}"#,
        ),
    })
    .await;
    // A row without a name may well come twice; the last one is the first one again.
    assert_eq!(names(&url).await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_page_that_lacks_rows_for_once_is_read_again_at_the_end() {
    for lacking in 1..=3 {
        let asked = std::sync::Mutex::new([0_usize; 4]);
        let (url, log) = serve(move |_, request| {
            let number = query(request, "pageNum").unwrap();
            let all: Vec<usize> = (0..1200).collect();
            let nth = asked.lock().unwrap().get_mut(number).map_or(1, |times| {
                *times += 1;
                *times
            });
            if number != lacking || nth > 1 {
                return numbered(request, 0, &all, Some(1200));
            }
            let next = if number < 3 { r#"{"rel":"next"}"# } else { "" };
            let row = (number - 1) * 500;
            json(
                200,
                &format!(
                    r#"{{"links":[{next}],"results":[{{"username":"u{row}","databaseName":"admin"}}],"totalCount":1200}}"#
                ),
            )
        })
        .await;
        let mut rows: Vec<_> = names(&url).await.unwrap();
        rows.sort_by(|a, b| a.view.username.cmp(&b.view.username));
        rows.dedup_by(|a, b| a.view.username == b.view.username);
        assert_eq!(rows.len(), 1200, "page {lacking}");
        assert!(log.lock().unwrap().len() <= 25, "page {lacking}");
    }
}

#[tokio::test]
async fn a_server_that_gives_up_counting_is_not_asked_to() {
    let (url, _) = serve(|_, request| match request.target.contains("includeCount=false") {
        true => page(request, 1200, None),
        false => json(500, r#"{"errorCode":"TIMEOUT_WHILE_PAGING"}"#),
    })
    .await;
    assert_eq!(names(&url).await.unwrap().len(), 1200);
}

#[tokio::test]
async fn a_bare_array_is_a_list_too() {
    let (url, log) = serve(|_, _| json(200, r#"[{"roleName":"r","actions":null}]"#)).await;
    let roles: Vec<_> =
        client(&url, Credential::None).custom_roles("p").try_collect().await.unwrap();
    assert_eq!(roles[0].view.role_name, "r");
    assert_eq!(log.lock().unwrap()[0].target, "/api/atlas/v2/groups/p/customDBRoles/roles");
}

#[tokio::test]
async fn an_empty_page_that_announces_another_does_not_go_on_for_ever() {
    let (url, _) = serve(|_, _| json(200, r#"{"results":[],"links":[{"rel":"next"}]}"#)).await;
    assert_eq!(names(&url).await.unwrap_err().cause(), Cause::Incomplete);
}

/// What `pageNum` of a list of 1200 rows holds.
fn page_of(number: usize, total: Option<usize>) -> Response {
    let target = format!("?pageNum={number}&itemsPerPage=500");
    page(&SeenRequest { target, ..SeenRequest::default() }, 1_000_000, total)
}

#[tokio::test]
async fn a_list_that_goes_round_in_circles_ends_with_an_error() {
    for total in [Some(1_000_000_000), Some(0), None] {
        for circle in 1..=5 {
            let (url, log) = serve(move |_, request| {
                page_of((query(request, "pageNum").unwrap() - 1) % circle + 1, total)
            })
            .await;
            let error = names(&url).await.unwrap_err();
            assert_eq!(error.cause(), Cause::Incomplete);
            assert!(error.to_string().contains("repeat earlier rows only"), "{error}");
            // Without a total no page is asked for in vain.
            let asked = log.lock().unwrap().len();
            assert!(total.is_some_and(|total| total > 0) || asked == circle + 3, "{asked}");
        }
    }
}

#[tokio::test]
async fn a_page_that_comes_twice_is_passed_over() {
    let pages = |request: &SeenRequest| match query(request, "pageNum").unwrap() {
        number @ 1..=2 => (number, 1_000_000),
        3 => (2, 1_000_000),
        _ => (3, 1_500),
    };
    let (url, _) = serve(move |_, request| {
        let (number, all) = pages(request);
        let target = format!("?pageNum={number}&itemsPerPage=500");
        page(&SeenRequest { target, ..SeenRequest::default() }, all, None)
    })
    .await;
    assert_eq!(names(&url).await.unwrap().len(), 1_500);

    // Where the total is known, what was passed over is missing.
    let (url, _) =
        serve(move |_, request| page_of(query(request, "pageNum").unwrap().min(2), Some(1_500)))
            .await;
    let error = names(&url).await.unwrap_err();
    assert_eq!(error.cause(), Cause::Incomplete);
}

#[tokio::test]
async fn a_list_that_is_held_has_a_largest_size() {
    let filler = "x".repeat(200_000);
    let (url, _) = serve(move |_, request| {
        let number = query(request, "pageNum").unwrap();
        let rows: Vec<_> = (0..50)
            .map(|row| format!(r#"{{"username":"u{number}-{row}","new":"{filler}"}}"#))
            .collect();
        let next = if number < 10 { r#"{"rel":"next"}"# } else { "" };
        json(200, &format!(r#"{{"links":[{next}],"results":[{}]}}"#, rows.join(",")))
    })
    .await;
    let error = names(&url).await.unwrap_err();
    assert_eq!(error.cause(), Cause::TooLarge);
    let client = client(&url, Credential::None).streaming();
    let rows = client.users("p").try_fold(0, async |rows, _| Ok(rows + 1)).await.unwrap();
    assert_eq!(rows, 500);
}

#[tokio::test]
async fn an_answer_has_a_largest_size() {
    let (url, _) = serve(|_, _| Response::new(Body::from(vec![b' '; 65 << 20]))).await;
    let error = names(&url).await.unwrap_err();
    assert_eq!(error.cause(), Cause::TooLarge);
    assert!(error.to_string().contains("row 1 of the list: "), "{error}");
    assert!(error.to_string().contains("16 MiB"), "{error}");
}

/// Rows from `small` on are too large for pages of many.
#[tokio::test]
async fn pages_that_are_too_large_are_read_with_fewer_rows() {
    for (small, all, total) in [(0, 30, true), (520, 560, true), (520, 543, false), (3, 20, true)] {
        for most in [500, 7] {
            let filler = "x".repeat(900_000);
            let (url, _) = serve(move |_, request| {
                let number = query(request, "pageNum").unwrap();
                let size = query(request, "itemsPerPage").unwrap().min(most * 3);
                let rows = (0..all).skip((number - 1) * size).take(size);
                let row = |row: usize| {
                    let filler = if row < small { "" } else { filler.as_str() };
                    format!(r#"{{"username":"user{row}","new":"{filler}"}}"#)
                };
                let rows: Vec<String> = rows.map(row).collect();
                let next = if number * size < all { r#"{"rel":"next"}"# } else { "" };
                let total = if total { all } else { 0 };
                let rows = rows.join(",");
                json(
                    200,
                    &format!(r#"{{"links":[{next}],"results":[{rows}],"totalCount":{total}}}"#),
                )
            })
            .await;
            let rows = names(&url).await.unwrap();
            let expected: Vec<String> = (0..all).map(|row| format!("user{row}")).collect();
            let names: Vec<&String> = rows.iter().map(|row| &row.view.username).collect();
            assert_eq!(names, expected.iter().collect::<Vec<_>>(), "{small} {all} {most}");
        }
    }
}

#[tokio::test]
async fn a_row_that_is_too_large_is_named_and_ends_the_list() {
    let filler = "x".repeat(17 << 20);
    let (url, _) = serve(move |_, request| {
        let number = query(request, "pageNum").unwrap();
        let size = query(request, "itemsPerPage").unwrap();
        let rows = (0..30).skip((number - 1) * size).take(size);
        let row = |row| match row {
            21 => format!(r#"{{"username":"{filler}"}}"#),
            row => format!(r#"{{"username":"user{row}"}}"#),
        };
        let rows = rows.map(row).collect::<Vec<_>>().join(",");
        let next = if number * size < 30 { r#"{"rel":"next"}"# } else { "" };
        json(200, &format!(r#"{{"links":[{next}],"results":[{rows}],"totalCount":30}}"#))
    })
    .await;
    let error = names(&url).await.unwrap_err();
    assert_eq!(error.cause(), Cause::TooLarge);
    assert!(error.to_string().contains("row 22 of the list: "), "{error}");
}
