using System.Globalization;
using Muster.Core.X509;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>Which authority serves which country: from the trust folder, so the page names exactly those whose certificates are taken here.</summary>
internal static class GetCertificate
{
    public const string Path = "/help/get-certificate";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(Path, (HttpContext http, TrustFolder trust) => Pages.Show<GetCertificatePage>(http, new { Countries = List(trust) }))
            .OpenToEveryone();
        routes
            .MapGet("/api/certificate-authorities", (TrustFolder trust) => Results.Json(List(trust)))
            .OpenToEveryone()
            .Answers<IReadOnlyList<CountryAuthorities>>("listAuthorities");
    }

    private static IReadOnlyList<CountryAuthorities> List(TrustFolder trust) =>
        [
            .. trust
                .Current.All.GroupBy(a => CountryOf(a.Certificate.Subject), StringComparer.Ordinal)
                .Select(g => new CountryAuthorities(g.Key, NameOf(g.Key), Offices(g)))
                .OrderBy(c => c.Code.Length == 0) // those of no one country last
                .ThenBy(c => c.Name, StringComparer.CurrentCulture),
        ];

    /// <summary>An authority and its subordinates that share a web site are one address for people.</summary>
    private static IReadOnlyList<AuthorityOffice> Offices(IEnumerable<TrustAnchor> anchors) =>
        [
            .. anchors
                .GroupBy(a => WebSite(a)?.AbsoluteUri ?? a.Certificate.Subject.Slash, StringComparer.OrdinalIgnoreCase)
                .Select(g => new AuthorityOffice(
                    WebSite(g.First()),
                    g.Select(a => a.Information.GetValueOrDefault("email")).FirstOrDefault(IsAddress),
                    [
                        .. g.Select(a => new NamedAuthority(a.Alias, a.Certificate.Subject.Slash))
                            .OrderBy(a => a.Alias, StringComparer.Ordinal),
                    ]
                ))
                .OrderBy(o => o.Authorities[0].Alias, StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>What a stranger may follow: the web, nothing else.</summary>
    private static Uri? WebSite(TrustAnchor anchor) =>
        Uri.TryCreate(anchor.Information.GetValueOrDefault("url"), UriKind.Absolute, out var url) && (url.Scheme is "http" or "https")
            ? url
            : null;

    private static bool IsAddress(string? text) => text is not null && Core.Members.EmailAddress.Parse(text).IsSuccess;

    /// <summary>Many names have no country and begin with a country's domain; one of org or com tells of none.</summary>
    private static string CountryOf(DistinguishedName subject) =>
        subject.Country?.ToUpperInvariant()
        ?? (subject.FirstDomain?.ToUpperInvariant() is { } domain && Region(domain) is not null ? domain : "");

    private static string NameOf(string code) => Region(code)?.EnglishName ?? code;

    private static RegionInfo? Region(string code)
    {
        if (code.Length != 2)
            return null;
        try
        {
            // The United Kingdom's authorities say UK, which ISO 3166-1 reserves and does not assign.
            return new RegionInfo(code == "UK" ? "GB" : code);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>Authorities of one country; <paramref name="Code"/> is ISO 3166-1, or empty for those of no one country.</summary>
public sealed record CountryAuthorities(string Code, string Name, IReadOnlyList<AuthorityOffice> Offices);

/// <summary>Where people of that country turn to.</summary>
public sealed record AuthorityOffice(Uri? WebSite, string? Email, IReadOnlyList<NamedAuthority> Authorities);

/// <summary>The name of the distribution, and the subject.</summary>
public sealed record NamedAuthority(string Alias, string Subject);
