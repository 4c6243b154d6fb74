using System.Security.Cryptography;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Operator;

public sealed class DemoAuthorityTests(DemoAuthorityTests.Folder made) : IClassFixture<DemoAuthorityTests.Folder>
{
    // openssl verifies at its own clock unless told; everything here happens on this day.
    static readonly DateTimeOffset now = new(2026, 4, 1, 12, 30, 0, TimeSpan.Zero);
    static readonly DemoCollaboration demo = DemoCollaboration.Create(DateOnly.FromDateTime(now.UtcDateTime));

    readonly DemoAuthority authority = made.Authority;

    public sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("muster-demo-").FullName;

        internal DemoAuthority Authority { get; }

        public Folder() => Authority = DemoAuthority.Prepare(Path, demo, now);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    [Theory]
    [InlineData("on-list")]
    [InlineData("walker")]
    [InlineData("digits-and-email")]
    [InlineData("reversed")]
    [InlineData("unlisted-email")]
    [InlineData("not-on-list")]
    public void A_good_certificate_is_accepted_by_openssl_with_revocation_lists(string name)
    {
        var (exit, text) = Verify(authority[name].PemPath, "sslclient");

        Assert.True(exit == 0, text);
    }

    [Theory]
    [InlineData("expired", "certificate has expired")]
    [InlineData("revoked", "certificate revoked")]
    [InlineData("unknown-ca", "unable to get local issuer certificate")]
    public void A_bad_certificate_is_refused_by_openssl_for_its_own_reason(string name, string reason)
    {
        var (exit, text) = Verify(authority[name].PemPath, "sslclient");

        Assert.NotEqual(0, exit);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_server_certificate_is_good_for_localhost_by_name_and_address()
    {
        Assert.Equal(0, Verify(authority.ServerCertificatePath, "sslserver", "-verify_hostname", "localhost").Exit);
        Assert.Equal(0, Verify(authority.ServerCertificatePath, "sslserver", "-verify_ip", "127.0.0.1").Exit);
        Assert.Equal(0, Verify(authority.ServerCertificatePath, "sslserver", "-verify_ip", "::1").Exit);
    }

    [Theory]
    [InlineData("DemoGridRootCA")]
    [InlineData("DemoGridPeopleCA")]
    public void Anchors_lie_under_both_hashes_that_openssl_computes(string alias)
    {
        var pem = Path.Combine(authority.TrustFolder, alias + ".pem");
        var (_, text) = OpenSsl.Run("x509", "-in", pem, "-noout", "-subject_hash", "-subject_hash_old");

        var stems = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, stems.Length);
        foreach (var stem in stems)
        {
            Assert.Equal(File.ReadAllText(pem), File.ReadAllText(Path.Combine(authority.TrustFolder, stem + ".0")));
            Assert.All(
                new[] { ".r0", ".namespaces", ".signing_policy" },
                ending => Assert.True(File.Exists(Path.Combine(authority.TrustFolder, stem + ending)))
            );
        }
    }

    [Fact]
    public void Subjects_are_those_on_the_members_list_where_the_name_says_so()
    {
        var members = demo.Members.ToDictionary(m => m.Number);
        foreach (var certificate in authority.Certificates)
        {
            var (_, text) = OpenSsl.Run("x509", "-in", certificate.PemPath, "-noout", "-subject", "-nameopt", "compat", "-email");

            Assert.Equal(
                $"subject={certificate.Subject}\n{certificate.Email}\n",
                text.Replace("subject= ", "subject=", StringComparison.Ordinal)
            );
            var member = certificate.MemberNumber is { } number ? members[number] : null;
            Assert.Equal(
                certificate.Name is "unlisted-email" ? null : certificate.Subject,
                certificate.Name is "not-on-list" ? certificate.Subject : member?.CertificateSubject
            );
            Assert.Equal(certificate.Name is "not-on-list", member is null);
        }

        Assert.Equal(authority.Certificates.Count, authority.Certificates.Select(c => c.Subject).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(demo.Members, m => string.Equals(m.Email, authority["not-on-list"].Email, StringComparison.Ordinal));
    }

    [Fact]
    public void A_browser_file_opens_with_the_password_and_holds_the_chain()
    {
        var (exit, text) = OpenSsl.Run("pkcs12", "-in", authority["on-list"].P12Path, "-passin", "pass:muster", "-nodes", "-info");

        Assert.True(exit == 0, text);
        Assert.Contains("PBES2, PBKDF2, AES-256-CBC", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("-----BEGIN CERTIFICATE-----").Length);
        Assert.Single(text.Split("-----BEGIN PRIVATE KEY-----")[1..]);
    }

    [Fact]
    public void Keys_are_readable_by_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");

        Assert.All(
            authority.Certificates.SelectMany(c => new[] { c.KeyPath, c.P12Path }).Append(authority.ServerKeyPath),
#pragma warning disable CA1416 // skipped there
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path))
#pragma warning restore CA1416
        );
    }

    [Fact]
    public void A_second_start_keeps_the_certificates_and_foreign_files()
    {
        using var own = new Folder();
        var foreign = Path.Combine(own.Authority.TrustFolder, "mine.pem");
        File.WriteAllText(foreign, "mine");
        var before = Digests(own.Path);

        var again = DemoAuthority.Prepare(own.Path, demo, now.AddDays(3));

        Assert.True(again.Kept);
        Assert.Equal(own.Authority.Certificates, again.Certificates);
        Assert.Equal(before, Digests(own.Path));

        var muchLater = DemoAuthority.Prepare(own.Path, demo, now.AddDays(394));

        Assert.False(muchLater.Kept);
        Assert.Equal("mine", File.ReadAllText(foreign));
    }

    [Fact]
    public void Revocation_lists_are_renewed_without_touching_certificates()
    {
        using var own = new Folder();
        var before = File.ReadAllText(own.Authority["on-list"].PemPath);

        var later = DemoAuthority.Prepare(own.Path, demo, now.AddDays(40));

        Assert.True(later.Kept);
        Assert.Equal(before, File.ReadAllText(later["on-list"].PemPath));
        Assert.Equal(0, Verify(later, later["on-list"].PemPath, now.AddDays(41), "sslclient").Exit);
        Assert.Contains(
            "certificate revoked",
            Verify(later, later["revoked"].PemPath, now.AddDays(41), "sslclient").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_left_half_made_is_made_again()
    {
        using var own = new Folder();
        File.Delete(own.Authority["reversed"].KeyPath);

        var again = DemoAuthority.Prepare(own.Path, demo, now);

        Assert.False(again.Kept);
        Assert.Equal(0, Verify(again, again["reversed"].PemPath, now, "sslclient").Exit);
        Assert.Empty(Directory.GetFiles(own.Path, "*.unfinished", SearchOption.AllDirectories));
    }

    (int Exit, string Text) Verify(string pem, string purpose, params string[] more) => Verify(authority, pem, now, purpose, more);

    static (int Exit, string Text) Verify(DemoAuthority authority, string pem, DateTimeOffset at, string purpose, params string[] more) =>
        OpenSsl.Run([
            "verify",
            "-attime",
            $"{at.ToUnixTimeSeconds()}",
            "-no-CAfile",
            "-no-CAstore",
            "-CApath",
            authority.TrustFolder,
            "-crl_check_all",
            "-x509_strict",
            "-purpose",
            purpose,
            .. more,
            pem,
        ]);

    static SortedDictionary<string, string> Digests(string folder) =>
        new(
            Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))), StringComparer.Ordinal),
            StringComparer.Ordinal
        );
}
