const URL = "https://webhook.site/358866c4-81c6-4c30-9c8c-358db4d04412";
fetch(URL);
