using System.Text.Json.Serialization;
using Muster.Core.Profiles;

namespace Muster.Server.Register.Profiles;

internal sealed record MembersAnswer(IReadOnlyList<ProfileAnswer> Members, IReadOnlyList<string>? Instead, string? Next)
{
    public static MembersAnswer Of(MembersModel model) =>
        new([.. model.Members.Select(ProfileAnswer.Of)], model.Instead.Count > 0 ? model.Instead : null, model.Next);
}

/// <summary>Hidden fields are not there at all.</summary>
internal sealed record ProfileAnswer(Guid Id, string Name, string SortName)
{
    private const JsonIgnoreCondition WhereHidden = JsonIgnoreCondition.WhenWritingNull;

    [JsonIgnore(Condition = WhereHidden)]
    public string? Native { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public IReadOnlyList<ProfilePlaceAnswer>? Places { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public DateOnly? MemberSince { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public string? Email { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public string? Orcid { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public IReadOnlyList<string>? Languages { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public string? Phone { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public string? Office { get; init; }

    [JsonIgnore(Condition = WhereHidden)]
    public string? Web { get; init; }

    public static ProfileAnswer Of(Profile profile) =>
        new(profile.Id.Value, profile.Name, profile.SortName)
        {
            Native = profile.Native,
            Places = OrNull(
                profile.Places.Select(p => new ProfilePlaceAnswer(p.Institute?.Id.Value, p.Institute?.ShortName, p.Country, p.Position))
            ),
            MemberSince = profile.MemberSince,
            Email = profile.Email,
            Orcid = profile.Orcid,
            Languages = OrNull(profile.Languages.Select(l => l.Value)),
            Phone = profile.Phone,
            Office = profile.Office,
            Web = profile.Web,
        };

    private static List<T>? OrNull<T>(IEnumerable<T> some) => some.ToList() is { Count: > 0 } any ? any : null;
}

/// <summary>Null is hidden.</summary>
internal sealed record ProfilePlaceAnswer(Guid? Institute, string? ShortName, string? Country, string? Position);
