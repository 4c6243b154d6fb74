using Muster.Core.Members;

namespace Muster.Core.Profiles;

/// <summary>What one member chose for one field. It rests while the collaboration leaves no choice, and holds again when it does.</summary>
public sealed class PrivacyChoice
{
    private PrivacyChoice() { }

    public PrivacyChoice(MemberId member, ProfileField field, Audience audience) => (MemberId, Field, Audience) = (member, field, audience);

    public MemberId MemberId { get; private set; }
    public ProfileField Field { get; private set; }
    public Audience Audience { get; private set; }

    public void Take(Audience audience) => Audience = audience;
}

/// <summary>How often one account looked at a member's profile in the directory on one day.</summary>
public sealed class ProfileLook
{
    private ProfileLook() { }

    public ProfileLook(MemberId member, DateOnly day, Guid account) => (MemberId, Day, AccountId) = (member, day, account);

    public MemberId MemberId { get; private set; }

    /// <summary>UTC.</summary>
    public DateOnly Day { get; private set; }
    public Guid AccountId { get; private set; }
    public int Times { get; private set; }

    public void Again() => Times++;
}
