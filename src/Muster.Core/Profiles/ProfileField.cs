namespace Muster.Core.Profiles;

/// <summary>What a member's profile can show beside the name, which is always shown.</summary>
public enum ProfileField
{
    /// <summary>The name in the person's own script.</summary>
    Native,
    Institute,
    Country,
    Position,

    /// <summary>First day of the memberships of today.</summary>
    MemberSince,
    Email,
    Orcid,
    Languages,
    Phone,
    Office,
    Web,
}

/// <summary>Who sees a field; each includes those before it.</summary>
public enum Audience
{
    /// <summary>Only those who may read the register.</summary>
    Desk,

    /// <summary>Also who speaks for an institute.</summary>
    Representatives,

    /// <summary>Every member who is signed in.</summary>
    Members,
}

/// <summary>What somebody who looks at profiles is to the collaboration.</summary>
public enum Viewer
{
    /// <summary>Signed in and a member no more, or not yet: sees no profile.</summary>
    Outsider,
    Member,
    Representative,

    /// <summary>May read the register.</summary>
    Desk,
}
