namespace Muster.Core.Members;

/// <summary>What adding a certificate to a member comes to.</summary>
public enum LinkStep
{
    Add,

    /// <summary>The member has it; a renewed one of the same subject is the same.</summary>
    Nothing,
}

/// <summary>When a certificate subject may be made one more of a member's.</summary>
public static class CertificateLinking
{
    /// <summary>Most subjects of one member, robots included.</summary>
    public const int MostPerMember = 20;

    /// <param name="holder">Whose it is now; null where nobody's.</param>
    /// <param name="held">How many the member has.</param>
    /// <param name="isInRegistration">Somebody registers with it at this moment.</param>
    /// <returns>Refuses with <c>certificate.linked-elsewhere</c>, <c>certificate.in-registration</c>, <c>certificate.too-many</c>.</returns>
    public static Result<LinkStep> Decide(MemberId member, MemberId? holder, int held, bool isInRegistration) =>
        holder == member ? LinkStep.Nothing
        : holder is not null ? new Refusal("certificate.linked-elsewhere")
        : isInRegistration ? new Refusal("certificate.in-registration")
        : held >= MostPerMember ? new Refusal("certificate.too-many")
        : LinkStep.Add;
}
