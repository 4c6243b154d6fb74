using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Trusts authorities whose names tell their country in each way that occurs.</summary>
public sealed class ManyCountriesPortal : Portal
{
    private protected override void Dress(DemoAuthority made)
    {
        foreach (
            var (name, subject) in new[]
            {
                ("ByCountry", "/C=PT/O=Countries/CN=By Country"),
                ("ByDomain", "/DC=ch/DC=countries/CN=By Domain"),
                ("CountryFirst", "/DC=cz/DC=countries/C=NL/CN=Country First"),
                ("Kingdom", "/DC=uk/DC=countries/CN=Kingdom"),
                ("NoCountry", "/DC=zz/DC=countries/CN=No Country"),
                ("Worldwide", "/DC=org/DC=ch/CN=Worldwide"),
            }
        )
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest(new DemoDistinguishedName(subject).ToX500(), key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using var authority = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(1000));
            File.WriteAllText(Path.Combine(made.TrustFolder, name + ".pem"), authority.ExportCertificatePem() + "\n");
        }
    }
}

public sealed class CountriesTests(ManyCountriesPortal portal) : IClassFixture<ManyCountriesPortal>
{
    [Theory]
    [InlineData("ByCountry", "PT", "Portugal")]
    [InlineData("ByDomain", "CH", "Switzerland")]
    [InlineData("CountryFirst", "NL", "Netherlands")]
    [InlineData("Kingdom", "UK", "United Kingdom")]
    [InlineData("NoCountry", "", "")]
    [InlineData("Worldwide", "", "")]
    public async Task An_authority_is_listed_under_its_country_also_where_only_its_domain_tells_it(string alias, string code, string name)
    {
        using var visitor = portal.Visit();
        var (_, countries) = await visitor.JsonAsync(HttpMethod.Get, "/api/certificate-authorities");

        var found = Assert.Single(
            countries.EnumerateArray(),
            c =>
                c.GetProperty("offices")
                    .EnumerateArray()
                    .SelectMany(o => o.GetProperty("authorities").EnumerateArray())
                    .Any(a => a.GetProperty("alias").GetString() == alias)
        );
        Assert.Equal((code, name), (found.GetProperty("code").GetString(), found.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_page_leads_to_each_country_and_names_those_of_none_last()
    {
        using var visitor = await portal.Visit().GetAsync("/help/get-certificate");

        Assert.Contains("<section class=\"card\" id=\"ch\"><h2>Switzerland</h2>", visitor.Html, StringComparison.Ordinal);
        Assert.EndsWith("In several countries", visitor.Html.Split("</h2>")[^2], StringComparison.Ordinal);
    }
}
