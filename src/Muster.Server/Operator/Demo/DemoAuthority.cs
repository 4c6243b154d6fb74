namespace Muster.Server.Operator.Demo;

/// <summary>The throw-away certification authority of the demo, and where its files are.</summary>
internal sealed record DemoAuthority(
    string TrustFolder,
    string ServerCertificatePath,
    string ServerKeyPath,
    IReadOnlyList<DemoCertificate> Certificates,
    bool Kept
)
{
    public const string Password = "muster";

    public DemoCertificate this[string name] => Certificates.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    /// <summary>Keeps what an earlier start left, so that certificates imported into a browser go on working; makes the rest.</summary>
    public static DemoAuthority Prepare(string folder, DemoCollaboration demo, DateTimeOffset now)
    {
        now = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var workshop = new DemoAuthorityWorkshop(Path.GetFullPath(folder), now);
        var roles = DemoCast.Choose(demo);
        var kept = workshop.Keep(roles);
        return workshop.Open(kept ?? workshop.Make(roles), kept is not null);
    }

    /// <summary>One more certificate of the people CA, for a member who is on the list.</summary>
    public static DemoCertificate Issue(string folder, string name, string subject, string email, int memberNumber, DateTimeOffset now)
    {
        now = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return new DemoAuthorityWorkshop(Path.GetFullPath(folder), now).IssueAnother(new DemoRole(name, memberNumber, subject, email));
    }
}
