package badge

import (
	"strings"

	"github.com/badgeproof/badgeproof/vc"
)

// schemaTrees are where 1EdTech publishes the JSON Schemas of Open Badges 3.0 and CLR 2.0: the strict ones, which want
// an array also for a single value, and those that take either. The published files are said to be
// mixed up in part; the check of conformance takes either, and tells.
var schemaTrees = [...]string{
	"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/",
	"https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/",
	"https://purl.imsglobal.org/spec/clr/v2p0/schema/json/",
	"https://purl.imsglobal.org/spec/clr/v2p0/schema/json-ld/",
}

// standsFor reports whether the check of conformance makes sure of what the schema at url would, for a
// credential of the class that the schema is about. It is so for the well-known schemas of
// credentials, which need not be fetched then; not for those of parts, such as a profile. What a schema
// says of the credentials inside is for the reports on these.
func standsFor(url string, c *vc.Credential) bool {
	for _, tree := range schemaTrees {
		if name, ok := strings.CutPrefix(url, tree); ok {
			switch class := badgeClass(c); name {
			case "ob_v3p0_achievementcredential_schema.json":
				return class == "AchievementCredential"
			case "ob_v3p0_endorsementcredential_schema.json":
				return class == "EndorsementCredential"
			case "clr_v2p0_clrcredential_schema.json":
				return class == "ClrCredential"
			case "ob_v3p0_anyachievementcredential_schema.json":
				return strings.HasPrefix(class, "AchievementCredential")
			case "ob_v3p0_anyendorsementcredential_schema.json":
				return strings.HasPrefix(class, "EndorsementCredential")
			}
		}
	}
	return false
}
