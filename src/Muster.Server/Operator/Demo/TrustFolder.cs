using System.Security.Cryptography.X509Certificates;
using Muster.Server.Storage;

namespace Muster.Server.Operator.Demo;

/// <summary>A folder of trust anchors as grid sites have it: each authority by its alias, and again by the hashes of its name.</summary>
internal sealed class TrustFolder(string path)
{
    static readonly string[] byAlias = ["pem", "info", "namespaces", "signing_policy", "crl_url"];
    static readonly string[] byHash = ["0", "namespaces", "signing_policy", "r0"];

    /// <summary>The real distribution has links for the hashes; copies serve the same readers and need no right to make links.</summary>
    public void Write(DemoIssuer issuer, string alias, string revocationList)
    {
        var pem = issuer.Certificate.ExportCertificatePem() + "\n";
        var policy = SigningPolicy(issuer.Name.SlashForm);
        var namespaces = Namespaces(issuer.Name.SlashForm);
        Put($"{alias}.pem", pem);
        Put($"{alias}.info", Description(issuer, alias));
        Put($"{alias}.namespaces", namespaces);
        Put($"{alias}.signing_policy", policy);
        Put($"{alias}.crl_url", issuer.RevocationListUrl + "\n");
        foreach (var stem in new[] { issuer.Name.Hash, issuer.Name.OldHash })
        {
            Put($"{stem}.0", pem);
            Put($"{stem}.namespaces", namespaces);
            Put($"{stem}.signing_policy", policy);
            Put($"{stem}.r0", revocationList);
        }
    }

    public bool Holds(DemoIssuer issuer, string alias) =>
        byAlias
            .Select(ending => $"{alias}.{ending}")
            .Concat(byHash.Select(ending => $"{issuer.Name.Hash}.{ending}"))
            .Concat(byHash.Select(ending => $"{issuer.Name.OldHash}.{ending}"))
            .All(name => File.Exists(Path.Combine(path, name)));

    void Put(string name, string text) => WholeFile.Write(Path.Combine(path, name), text);

    static string Description(DemoIssuer issuer, string alias) =>
        $"""
            # A throw-away authority made for a demonstration. It vouches for nobody.
            alias = {alias}
            url = http://www.demo-grid.example/
            ca_url = http://www.demo-grid.example/{alias}.pem
            crl_url = {issuer.RevocationListUrl}
            email = ca@demo-grid.example
            status = unaccredited
            version = 1.0
            sha1fp.0 = {Fingerprint(issuer.Certificate)}
            subjectdn = "{issuer.Name.SlashForm}"

            """;

    static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(':', certificate.Thumbprint.Chunk(2).Select(pair => new string(pair)));

    static string Namespaces(string slashForm) =>
        $"""
            #NAMESPACES-VERSION: 1.0
            TO Issuer "{slashForm}" \
              PERMIT Subject "{DemoIdentifiers.SubjectPrefix}/.*"

            """;

    static string SigningPolicy(string slashForm) =>
        $"""
            access_id_CA   X509    '{slashForm}'
            pos_rights     globus  CA:sign
            cond_subjects  globus  '"{DemoIdentifiers.SubjectPrefix}/*"'

            """;
}
