load().then(start);
