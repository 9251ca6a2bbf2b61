"""Scripts that look at what a phone keeps, and at what it sends."""

STORED = """async () => {
    const base = await new Promise((done) => {
        const request = indexedDB.open("field");
        request.onsuccess = () => done(request.result);
    });
    const told = {};
    for (const store of base.objectStoreNames) {
        const rows = await new Promise((done) => {
            const request = base.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => done(request.result);
        });
        told[store] = rows.map((row) => {
            const text = Object.entries(row).map(([name, value]) => {
                if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
                    const bytes = new Uint8Array(value.buffer ?? value);
                    return name + new TextDecoder("utf-8", {fatal: false}).decode(bytes)
                        + new TextDecoder("utf-16le", {fatal: false}).decode(bytes);
                }
                return name + JSON.stringify(value);
            });
            return text.join(" ");
        });
    }
    base.close();
    return told;
}"""


# What goes out, as it goes out.
LISTEN = """() => {
    window.sent = [];
    const real = window.fetch;
    window.fetch = async (address, options) => {
        const upload = options?.body instanceof FormData && options.body.get("upload");
        if (upload) {
            const bytes = new Uint8Array(await upload.arrayBuffer());
            window.sent.push(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
        }
        return real(address, options);
    };
}"""


# All that the worker keeps for reading without network.
CACHED = """async () => {
    const texts = [];
    for (const name of await caches.keys()) {
        for (const kept of await (await caches.open(name)).matchAll()) texts.push(await kept.text());
    }
    return texts.join("\\n");
}"""


# While `isFull`, the browser refuses to store, as it does when its share of the phone is used up.
FILL_UP = """() => {
    const real = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...row) {
        if (window.isFull) throw new DOMException("no room", "QuotaExceededError");
        return real.apply(this, row);
    };
}"""
