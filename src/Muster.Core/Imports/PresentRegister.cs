using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>The register as it is before an import, found by everything that can tell who somebody is.</summary>
public sealed class PresentRegister
{
    private readonly Dictionary<MemberId, Member> byId;
    private readonly Dictionary<string, Member> byCertificate = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Institute> byRor = new(StringComparer.Ordinal);
    private readonly Dictionary<InstituteId, Institute> institutes;
    private readonly ILookup<string, Member> byOrcid;
    private readonly ILookup<string, Member> byEmail;
    private readonly ILookup<string, Member> byFormerEmail;
    private readonly ILookup<string, Member> byName;
    private readonly ILookup<string, Institute> byShortName;

    public PresentRegister(IReadOnlyCollection<Member> members, IReadOnlyCollection<Institute> institutes)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(institutes);
        Members = members;
        byId = members.ToDictionary(m => m.Id);
        byOrcid = members.Where(m => m.Orcid is not null).ToLookup(m => m.Orcid!, StringComparer.Ordinal); // those that have one
        byEmail = members
            .SelectMany(m => m.Emails.Select(e => (e.Key, Member: m)))
            .ToLookup(e => e.Key, e => e.Member, StringComparer.Ordinal);
        byFormerEmail = members
            .SelectMany(m => m.FormerEmails.Select(e => (e.Key, Member: m)))
            .ToLookup(e => e.Key, e => e.Member, StringComparer.Ordinal);
        byName = members.ToLookup(m => m.NameKey, StringComparer.Ordinal);
        foreach (var member in members)
        foreach (var certificate in member.Certificates)
            byCertificate[certificate.Key] = member;
        this.institutes = institutes.ToDictionary(i => i.Id);
        byShortName = institutes.ToLookup(i => i.ShortName, StringComparer.OrdinalIgnoreCase);
        foreach (var institute in institutes.Where(i => i.Ror is not null))
            byRor.TryAdd(institute.Ror!, institute); // those that have one
    }

    public IReadOnlyCollection<Member> Members { get; }

    public Member? Member(MemberId id) => byId.GetValueOrDefault(id);

    public IEnumerable<Member> WithOrcid(Orcid orcid)
    {
        ArgumentNullException.ThrowIfNull(orcid);
        return byOrcid[orcid.Value];
    }

    /// <summary>Who has the address; where nobody has it, who had it.</summary>
    public IEnumerable<Member> WithEmail(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return byEmail.Contains(address.Key) ? byEmail[address.Key] : byFormerEmail[address.Key].Distinct();
    }

    /// <summary>Who has the address now: what somebody had once may be given to its new holder.</summary>
    public IEnumerable<Member> WithPresentEmail(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return byEmail[address.Key];
    }

    public Member? WithCertificate(string key) => byCertificate.GetValueOrDefault(key);

    /// <summary>Those whose name has this key: look closer.</summary>
    public IEnumerable<Member> Named(string nameKey) => byName[nameKey];

    public Institute? Institute(InstituteId id) => institutes.GetValueOrDefault(id);

    /// <summary>By short name in any case, ROR id or our own id.</summary>
    /// <returns><c>import.institute-unknown</c>; <c>import.institute-ambiguous</c> where several have the short name.</returns>
    public Result<Institute> InstituteOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var named = byShortName[text].Take(2).ToList();
        if (named.Count > 1)
            return Refusal.With("import.institute-ambiguous", ImportCsv.Short(text)).At(ImportField.Institute.Name());
        if (named.Count == 1)
            return named[0];
        if (RorId.Parse(text).TryGet(out var ror, out _) && byRor.TryGetValue(ror.Value, out var registered))
            return registered;
        if (Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty && institutes.TryGetValue(new InstituteId(id), out var own))
            return own;
        return Refusal.With("import.institute-unknown", ImportCsv.Short(text)).At(ImportField.Institute.Name());
    }

    /// <summary>How a file names an institute so that it is found again.</summary>
    public string NameOf(InstituteId id) =>
        institutes.GetValueOrDefault(id) is not { } institute ? id.ToString()
        : byShortName[institute.ShortName].Take(2).Count() == 1 ? institute.ShortName
        : institute.Ror ?? id.ToString();
}
