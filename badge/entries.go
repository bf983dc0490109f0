package badge

import (
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// schemaValidator is the type of the JSON Schemas of 1EdTech.
const schemaValidator = "1EdTechJsonSchemaValidator2019"

// entries checks what Open Badges ask of the objects that the VC data model defines, beyond the latter:
// the id of a refresh service is required, and so is that of a status, but by the model alone and not by the
// published schemas; and of the schemas that a credential names, one must be that of the specification (class
// CredentialSchema). A verifier ignores other schemas, so that there being only others is tolerated.
func (k *checker) entries(credential strict.Value, name string) {
	if name == kind(name) { // VC 1.1 requires these ids itself
		for e := range objects(credential.Get("refreshService")) {
			if !e.Get("id").Exists() {
				k.missing(e, "id", "a refresh service needs an id, which is the URL to ask")
			}
		}
		for e := range objects(credential.Get("credentialStatus")) {
			if !e.Get("id").Exists() && len(k.breaches)+len(k.tolerated) < MaxFindings {
				k.tolerated = append(k.tolerated, &strict.Error{Code: codeMissing, Pointer: strict.Join(e.Pointer(), "id"), Offset: e.Offset(),
					Detail: "Open Badges give a status an id, which the VC data model 2.0 does not ask for"})
			}
		}
	}
	schemas := credential.Get("credentialSchema")
	if !schemas.Exists() || first(schemas).Kind() != strict.Object {
		return
	}
	for e := range objects(schemas) {
		if e.Get("type").Has(schemaValidator) && published(e.Get("id").Text()) {
			return
		}
	}
	k.tolerate(codeValue, schemas, "of the schemas of a credential, one is that of the specification at purl.imsglobal.org, with the type "+strconv.Quote(schemaValidator))
}

// published reports whether a URL is that of a schema of 1EdTech.
func published(url string) bool {
	for _, tree := range schemaTrees {
		if strings.HasPrefix(url, tree) {
			return true
		}
	}
	return false
}

// envelope is the type of an object that holds a signed credential in its id (VC DM 2.0 section 4.13).
const envelope = "EnvelopedVerifiableCredential"

// credentialMembers are what makes an object a credential, wherever it stands.
var credentialMembers = [...]string{"@context", "type", "issuer", "credentialSubject"}

// embedded checks that a value has the shape of a credential of the class. What is in it is judged where the
// credential is judged on its own. An envelope, which neither Open Badges nor CLR know, is tolerated.
func (k *checker) embedded(v strict.Value, class string) {
	if v.Kind() != strict.Object {
		k.fail(codeType, v, "expected an object of class "+class+", not "+v.Kind().String())
		return
	}
	t := v.Get("type")
	if t.Has(envelope) {
		if strings.HasPrefix(v.Get("id").Text(), "data:") {
			k.tolerate(codeValue, t, "a credential inside is written out here; this one is in an envelope")
		} else {
			k.fail(codeValue, v, "the envelope of a credential has it in its id, as a data: URL")
		}
		return
	}
	for _, name := range credentialMembers {
		if !v.Get(name).Exists() {
			k.missing(v, name, "the property "+strconv.Quote(name)+" is required of a credential, also inside another one")
		}
	}
	if t.Exists() && !t.Has(class) {
		k.fail(codeValue, t, "the type must contain "+strconv.Quote(class))
	}
}
