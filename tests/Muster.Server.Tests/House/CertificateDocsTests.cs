using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.House;

/// <summary>docs/certificates.md names all that the certificate check can answer.</summary>
public sealed partial class CertificateDocsTests
{
    private static readonly string Docs = File.ReadAllText(Path.Combine(Sources.Home, "docs/certificates.md"));

    [Fact]
    public void Every_field_of_the_answer_is_named() =>
        Assert.All(
            typeof(CertificateReport).GetProperties(BindingFlags.Public | BindingFlags.Instance),
            field => Assert.Contains($"`{JsonNamingPolicy.CamelCase.ConvertName(field.Name)}`", Docs, StringComparison.Ordinal)
        );

    [Fact]
    public void Every_code_that_the_portal_adds_to_the_rules_is_named()
    {
        var codes = Sources
            .Under("src/Muster.Server", "/CheckCertificate.cs", "/CertificateReport.cs")
            .SelectMany(file => Code().Matches(file.Text))
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "certificate.robot", "certificate.suspended" }, codes);
        Assert.All(codes, code => Assert.Contains($"`{code}`", Docs, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"""(certificate\.[a-z-]+)""")]
    private static partial Regex Code();
}
