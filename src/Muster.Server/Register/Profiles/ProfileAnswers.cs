using System.Text.Json.Serialization;
using Muster.Core.Profiles;

namespace Muster.Server.Register.Profiles;

internal sealed record MembersAnswer(IReadOnlyList<MemberLineAnswer> Members, IReadOnlyList<string>? Instead, string? Next)
{
    public static MembersAnswer Of(MembersModel model) =>
        new([.. model.Members.Select(MemberLineAnswer.Of)], model.Instead.Count > 0 ? model.Instead : null, model.Next);
}

/// <summary>As much as a line of the page. The rest is the profile's, where looks are counted. Hidden fields are not there at all.</summary>
internal sealed record MemberLineAnswer(Guid Id, string Name, string SortName)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Native { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProfilePlaceAnswer>? Places { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Email { get; init; }

    public static MemberLineAnswer Of(Profile profile) =>
        new(profile.Id.Value, profile.Name, profile.SortName)
        {
            Native = profile.Native,
            Places = ProfilePlaceAnswer.Of(profile),
            Email = profile.Email,
        };
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
            Places = ProfilePlaceAnswer.Of(profile),
            MemberSince = profile.MemberSince,
            Email = profile.Email,
            Orcid = profile.Orcid,
            Languages = profile.Languages.Count > 0 ? [.. profile.Languages.Select(l => l.Value)] : null,
            Phone = profile.Phone,
            Office = profile.Office,
            Web = profile.Web,
        };
}

/// <summary>Null is hidden.</summary>
internal sealed record ProfilePlaceAnswer(Guid? Institute, string? ShortName, string? Country, string? Position)
{
    /// <summary>Null where there is nothing to be seen.</summary>
    public static List<ProfilePlaceAnswer>? Of(Profile profile) =>
        profile.Places.Count == 0
            ? null
            : [.. profile.Places.Select(p => new ProfilePlaceAnswer(p.Institute?.Id.Value, p.Institute?.ShortName, p.Country, p.Position))];
}
