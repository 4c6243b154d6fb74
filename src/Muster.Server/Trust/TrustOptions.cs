namespace Muster.Server.Trust;

/// <summary>Keeping the trust folder fresh, for sites without <c>fetch-crl</c>.</summary>
internal sealed class TrustOptions
{
    public const string Section = "Trust";

    /// <summary>Fetch lists of revoked certificates from each authority's <c>.crl_url</c>. The trust folder must be writable.</summary>
    public bool FetchRevocationLists { get; set; }

    /// <summary>Time between two looks at one authority.</summary>
    public TimeSpan FetchEvery { get; set; } = TimeSpan.FromHours(6);

    public IEnumerable<string> Problems()
    {
        if (FetchEvery < TimeSpan.FromMinutes(10) || FetchEvery > TimeSpan.FromDays(7))
            yield return $"Trust:FetchEvery is {FetchEvery}; it must be between 10 minutes and 7 days";
    }
}
