package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// object is a JSON object of a test.
type object = map[string]any

// now is the moment that the tests judge for.
const now = "2026-11-22T00:00:00Z"

const (
	school  = "did:web:school.example"
	council = "did:web:council.example"
)

// world is a few issuers, and the host of all that they publish.
type world struct {
	verifytest.Host
	issuers map[string]*verifytest.Issuer
}

func newWorld() *world {
	w := &world{issuers: map[string]*verifytest.Issuer{}}
	for _, id := range []string{school, council} {
		w.issuers[id] = verifytest.NewIssuer(id, keys.Ed25519)
		w.issuers[id].Publish(&w.Host)
	}
	return w
}

// sign signs a credential by the issuer that it names.
func (w *world) sign(t *testing.T, credential []byte) []byte {
	t.Helper()
	var c struct{ Issuer struct{ ID string } }
	if err := json.Unmarshal(credential, &c); err != nil {
		t.Fatal(err)
	}
	return w.issuers[c.Issuer.ID].Sign(credential, "eddsa-rdfc-2022")
}

// show is what the program prints about data, with the documents of the world at hand.
func (w *world) show(t *testing.T, data []byte, args ...string) string {
	t.Helper()
	o, err := parseFlags(append(append([]string{"--at", now}, args...), "-"), nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{policy: o.policy, fetcher: &w.Host}
	s.verifier, err = verify.New(verify.Config{Keys: keys.Default(s.fetcher), Status: s.fetcher, Schemas: s.fetcher, Resources: s.fetcher})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := s.verify(t.Context(), "badge", data, newPrinter(&out, o.json)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// decode reads a document of the program's own tests, to change it.
func decode(t testing.TB, data []byte) (o object) {
	t.Helper()
	if err := json.Unmarshal(data, &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// with is a copy of an object with other members.
func with(o object, members ...any) object {
	o = maps.Clone(o)
	for i := 0; i < len(members); i += 2 {
		o[members[i].(string)] = members[i+1]
	}
	return o
}

// welding is a badge with results, skills of several frameworks, and everything else there is to show.
func welding() object {
	levels := []any{
		object{"id": "urn:level:1", "type": []any{"RubricCriterionLevel"}, "name": "Beginner", "points": "1"},
		object{"id": "urn:level:2", "type": []any{"RubricCriterionLevel"}, "name": "Master", "points": "2",
			"alignment": []any{alignment("weld a ship", "https://case.example.edu/ims/case/v1p0/CFItems/11111111-2222-4333-8444-555555555555", "targetType", "CFItem")}},
	}
	return object{
		"id": "did:example:ada", "type": []any{"AchievementSubject"}, "narrative": "Welded a bridge.",
		"identifier": []any{
			object{"type": "IdentityObject", "identityType": "emailAddress", "hashed": true, "salt": "s", "identityHash": sha("ada@example.org", "s")},
			object{"type": "IdentityObject", "identityType": "ext:crew", "hashed": false, "identityHash": "C-7"},
		},
		"role": "Apprentice", "term": "Spring 2026", "licenseNumber": "L-77", "creditsEarned": 2.5,
		"source":            object{"id": "https://shipyard.example/", "type": []any{"Profile"}, "name": "Example Shipyard"},
		"activityStartDate": "2026-01-10T08:00:00Z", "activityEndDate": "2026-02-20T16:00:00Z",
		"result": []any{
			object{"type": []any{"Result"}, "resultDescription": "urn:exam", "value": "85", "status": "Completed"},
			object{"type": []any{"Result"}, "resultDescription": "urn:grade", "value": "B"},
			object{"type": []any{"Result"}, "resultDescription": "urn:rubric", "achievedLevel": "urn:level:2"},
			object{"type": []any{"Result"}, "resultDescription": "urn:points", "value": "3"},
		},
		"achievement": object{
			"id": "urn:achievement:welding", "type": []any{"Achievement"}, "name": "Welding", "description": "Joins metal.",
			"achievementType": "Certification", "humanCode": "W-1", "fieldOfStudy": "Metal", "specialization": "Ships", "creditsAvailable": 3,
			"criteria": object{"id": "https://school.example/welding", "narrative": "Weld.\n\nThen weld again."},
			"image":    object{"id": pngData, "type": "Image", "caption": "A torch"},
			"alignment": []any{
				alignment("weld metal", "http://data.europa.eu/esco/skill/0a6e0f0f-3d9a-4f1b-9d0c-3a8c0cf2a2a1"),
				alignment("Welders", "https://www.onetonline.org/link/summary/51-4121.00", "targetCode", "51-4121.00", "targetFramework", "O*NET-SOC"),
				alignment("Welding Inspector", "https://credentialengineregistry.org/resources/ce-00000000-1111-4222-8333-444444444444"),
				alignment("safe work", "https://skills.example/safe", "targetFramework", "House rules", "targetCode", "S1"),
			},
			"resultDescription": []any{
				object{"id": "urn:exam", "type": []any{"ResultDescription"}, "name": "Exam", "resultType": "Percent", "valueMin": "0", "valueMax": "100", "requiredValue": "60"},
				object{"id": "urn:grade", "type": []any{"ResultDescription"}, "name": "Grade", "resultType": "LetterGrade", "allowedValue": []any{"D", "C", "B", "A"}, "requiredValue": "A"},
				object{"id": "urn:rubric", "type": []any{"ResultDescription"}, "name": "Workmanship", "resultType": "RubricCriterionLevel", "requiredLevel": "urn:level:2", "rubricCriterionLevel": levels},
				object{"id": "urn:points", "type": []any{"ResultDescription"}, "name": "Points", "resultType": "RawScore", "valueMax": "5"},
			},
		},
	}
}

// pngData is a picture as a data: URL, as far as anybody looks at it here.
var pngData = "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\n and so on"))

func alignment(name, url string, members ...any) object {
	return with(object{"type": []any{"Alignment"}, "targetName": name, "targetUrl": url}, members...)
}

// sha is the hash of an identifier.
func sha(value, salt string) string {
	sum := sha256.Sum256([]byte(value + salt))
	const digits = "0123456789abcdef"
	out := "sha256$"
	for _, b := range sum {
		out += string(digits[b>>4]) + string(digits[b&15])
	}
	return out
}

// weldingBadge is that badge, signed.
func (w *world) weldingBadge(t *testing.T, members ...any) []byte {
	return w.sign(t, unsignedBadge(members...))
}

// unsignedBadge is the badge without a proof.
func unsignedBadge(members ...any) []byte {
	return verifytest.Badge(school, with(object{
		"name": "Certified Welder", "validFrom": "2026-03-01T00:00:00Z", "validUntil": "2026-12-01T00:00:00Z", "awardedDate": "2026-02-27T00:30:00+01:00",
		"credentialSubject": welding(),
		"evidence": []any{object{"id": "https://school.example/bridge", "type": []any{"Evidence"}, "name": "A bridge", "genre": "Work", "description": "It holds.", "narrative": "Since May."},
			object{"id": "data:text/plain;base64,aGVsZA==", "type": []any{"Evidence"}}},
	}, members...))
}

// recordParts are two badges, the second of which was changed after it was signed.
func (w *world) recordParts(t *testing.T) (good, bad object) {
	t.Helper()
	part := func(id, name string) object {
		return decode(t, w.sign(t, verifytest.Badge(council, object{"id": "urn:credential:" + id, "name": name,
			"credentialSubject": object{"id": "did:example:ada", "type": []any{"AchievementSubject"}, "achievement": object{
				"id": "urn:part:" + id, "type": []any{"Achievement"}, "name": name, "achievementType": "Course", "description": "d", "criteria": object{"narrative": "c"}}}})))
	}
	bad = part("2", "Practice")
	bad["name"] = "Practice with honours"
	return part("1", "Theory"), bad
}

// record is a learner record of the two, with what relates them.
func (w *world) record(t *testing.T) []byte {
	t.Helper()
	relate := func(kind, source, target string) object {
		return object{"type": "Association", "associationType": kind, "sourceId": source, "targetId": target}
	}
	good, bad := w.recordParts(t)
	return w.recordOf(t, []any{good, bad}, "partial", true, "credentialSubject", object{
		"id": "did:example:ada", "type": []any{"ClrSubject"}, "verifiableCredential": []any{good, bad},
		"achievement": []any{object{"id": "urn:whole", "type": []any{"Achievement"}, "name": "Program", "achievementType": "LearningProgram", "description": "d", "criteria": object{"narrative": "c"}}},
		"association": []any{relate("isChildOf", "urn:part:1", "urn:whole"), relate("precedes", "urn:part:1", "urn:part:2"), relate("isPartOf", "urn:elsewhere", "urn:whole")},
	})
}

// recordOf is a learner record of some credentials, signed as a JWT.
func (w *world) recordOf(t *testing.T, credentials []any, members ...any) []byte {
	t.Helper()
	return w.issuers[school].SignJWT(verifytest.Claims(encode(t, with(object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:record:1", "type": []any{"VerifiableCredential", "ClrCredential"}, "name": "Diploma",
		"issuer": object{"id": school, "type": []any{"Profile"}, "name": "Example School"}, "validFrom": "2026-03-01T00:00:00Z",
		"credentialSubject": object{"id": "did:example:ada", "type": []any{"ClrSubject"}, "verifiableCredential": credentials},
	}, members...))), "EdDSA", nil)
}

// Where the documents of Open Badges 2.0 are.
const (
	olderIssuer = "https://maker.example/issuer"
	olderClass  = "https://maker.example/badges/1"
	olderOwner  = "https://owner.example/issuer"
)

// older publishes an issuer of Open Badges 2.0 and returns an assertion by it, in which endorsements stand.
func (w *world) older(t *testing.T, key *rsa.PrivateKey) object {
	t.Helper()
	const context = "https://w3id.org/openbadges/v2"
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	endorsement := object{"@context": context, "id": "https://owner.example/endorsements/1", "type": "Endorsement", "issuer": olderOwner,
		"issuedOn": "2026-06-01T00:00:00Z", "claim": object{"id": olderClass, "endorsementComment": "Sound."}, "verification": object{"type": "HostedBadge"}}
	for url, document := range map[string]object{
		olderIssuer: {"@context": context, "id": olderIssuer, "type": "Issuer", "name": "Example Makers", "url": "https://maker.example", "email": "a@maker.example", "publicKey": olderIssuer + "/key"},
		olderOwner:  {"@context": context, "id": olderOwner, "type": "Issuer", "name": "Example Owner", "url": "https://owner.example", "email": "a@owner.example"},
		olderClass: {"@context": context, "id": olderClass, "type": "BadgeClass", "name": "Printing", "description": "Prints.", "image": "https://maker.example/1.png",
			"criteria": object{"narrative": "Print."}, "issuer": olderIssuer, "endorsement": []any{endorsement["id"]}},
		olderIssuer + "/key":               {"@context": context, "id": olderIssuer + "/key", "type": "CryptographicKey", "owner": olderIssuer, "publicKeyPem": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))},
		endorsement["id"].(string):         endorsement,
		"https://maker.example/revocation": {},
	} {
		w.Put(url, "application/ld+json", encode(t, document))
	}
	return object{"@context": context, "id": "urn:uuid:6f2b4b1e-2f0a-4a0e-9c1b-111111111111", "type": "Assertion", "badge": olderClass,
		"issuedOn": "2026-05-31T12:00:00+00:00", "verification": object{"type": "signed", "creator": olderIssuer + "/key"},
		"recipient": object{"type": "email", "hashed": true, "salt": "s", "identity": sha("ada@example.org", "s")}}
}

// olderSigned is that assertion as a compact JWS.
func (w *world) olderSigned(t *testing.T) []byte {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	input := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256"}`)) + "." + base64.RawURLEncoding.EncodeToString(encode(t, w.older(t, key)))
	sum := sha256.Sum256([]byte(input))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return []byte(input + "." + base64.RawURLEncoding.EncodeToString(signature))
}
