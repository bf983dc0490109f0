package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify/verifytest"
)

// asProgram makes the test binary be the program, so that a test can start it with an environment of
// its own.
const asProgram = "BADGEPROOF_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	for _, name := range []string{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} { // the reader of the tests likes English
		os.Unsetenv(name)
	}
	os.Exit(m.Run())
}

// program runs the program in a process that trusts the authority in the file ca.
func program(t *testing.T, ca string, args ...string) (stdout string, status int) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	c.Env = append(os.Environ(), asProgram+"=1", "SSL_CERT_FILE="+ca, "SSL_CERT_DIR="+t.TempDir())
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	if stderr.Len() > 0 {
		t.Logf("%s", stderr.String())
	}
	return string(out), c.ProcessState.ExitCode()
}

// issuerOnline starts an issuer on a loopback server, with a status list, and returns the address of
// a badge, and a file with the authority that the server's certificate comes from.
func issuerOnline(t *testing.T) (badgeURL, badgeFile, ca string) {
	t.Helper()
	var host verifytest.Host
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, mediaType, err := host.Fetch(r.Context(), "https://"+r.Host+r.URL.Path, "")
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mediaType)
		_, _ = w.Write(body)
	}))
	certificate, authority := certificateFor(t, "localhost")
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	server.StartTLS()
	t.Cleanup(server.Close)

	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	base := "https://localhost:" + port
	issuer := verifytest.NewIssuer("did:web:localhost%3A"+port, keys.Ed25519)
	issuer.Publish(&host)
	host.Put(base+"/status", "application/vc", issuer.Sign(verifytest.StatusList(base+"/status", issuer.ID, "revocation", 8), "eddsa-rdfc-2022"))
	badge := issuer.Sign(verifytest.Badge(issuer.ID, map[string]any{"credentialStatus": map[string]any{
		"id": base + "/status#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
		"statusListIndex": "7", "statusListCredential": base + "/status"}}), "eddsa-rdfc-2022")
	host.Put(base+"/badge.json", "application/vc", badge)

	dir := t.TempDir()
	badgeFile, ca = filepath.Join(dir, "badge.json"), filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(badgeFile, badge, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ca, authority, 0o600); err != nil {
		t.Fatal(err)
	}
	return base + "/badge.json", badgeFile, ca
}

func certificateFor(t *testing.T, name string) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key},
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// TestNetwork runs the program against an issuer on loopback: refused by default, reached when its
// network is allowed, and replayed to the same report from what was recorded.
func TestNetwork(t *testing.T) {
	url, file, ca := issuerOnline(t)
	if out, status := program(t, ca, "--json", file); status != exitIndeterminate || !strings.Contains(out, "key.unresolved") {
		t.Errorf("a loopback address was reached without being allowed: exit status %d, %s", status, out)
	}
	allow := []string{"--json", "--allow-address", "127.0.0.0/8", "--allow-address", "::1/128"}
	bundle := filepath.Join(t.TempDir(), "evidence.json")
	first, status := program(t, ca, append(allow, "--record", bundle, file)...)
	if status != exitValid || !strings.Contains(first, `"verdict":"valid"`) {
		t.Fatalf("exit status %d: %s", status, first)
	}
	second, status := program(t, "", "--json", "--evidence", bundle, file)
	if status != exitValid || second != first {
		t.Errorf("exit status %d, and another report:\n%s\n%s", status, first, second)
	}
	if out, status := program(t, ca, append(allow, url)...); status != exitValid {
		t.Errorf("a badge at a URL: exit status %d, %s", status, out)
	}
	if _, status := program(t, ca, append(allow, strings.Replace(url, "badge", "nothing", 1))...); status != exitNoInput {
		t.Errorf("nothing at a URL: exit status %d", status)
	}
	if out, status := program(t, os.DevNull, append(allow, file)...); status != exitIndeterminate {
		t.Errorf("a host without a trusted certificate: exit status %d, %s", status, out)
	}
}
