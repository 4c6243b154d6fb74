using Muster.Core.Members;

namespace Muster.Core.Registrations;

/// <summary>What the rules say of a registration whose address is confirmed.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>On the list, certificate valid, address agreed, nothing similar open.</summary>
    /// <param name="Rule">The rule that approved; goes into the audit trail.</param>
    public sealed record ApproveAtOnce(MemberId Member, string Rule) : Decision;

    /// <summary>A registrar looks; <paramref name="Reasons"/> are codes such as <c>not-on-list</c>, never empty.</summary>
    public sealed record AskRegistrar(MemberId? Member, IReadOnlyList<string> Reasons) : Decision;

    public sealed record Refuse(Refusal Why) : Decision;
}
