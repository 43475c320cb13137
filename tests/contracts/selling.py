"""The rows of prices, and of what was bought."""

from tests.contracts.permissions import Row

FORM, BODY = {"least": "5"}, {"least_cents": 500}

ROWS = [
    *(
        row
        for kind in ("track", "release")
        for row in (
            Row(f"{kind}-price", "GET", "public", 302, 404, 200, 404),
            Row(f"{kind}-price", "POST", "public", 302, 404, 302, 404, FORM),
            Row(f"{kind}-price-end", "POST", "public", 302, 404, 302, 404),
            Row(f"api-{kind}-price", "GET", "public", 404, 404, 404, 404),
            Row(f"api-{kind}-price", "GET", "private", 404, 404, 404, 404),
            Row(f"api-{kind}-price", "PUT", "public", 401, 404, 415, 404, BODY),
            Row(f"api-{kind}-price", "DELETE", "public", 401, 404, 204, 404),
        )
    ),
    Row("bought", "GET", "", 302, 404, 404, 404),
    Row("bought", "POST", "", 302, 404, 404, 404),
]
