namespace Muster.Core.Members;

/// <summary>A name that a member bore until a moment; kept, so that the person is found by it for ever.</summary>
public sealed class FormerName
{
    private FormerName() { }

    internal FormerName(MemberId member, int number, PersonName name, DateTimeOffset until)
    {
        MemberId = member;
        Number = number;
        Display = name.Display;
        Native = name.Native;
        Until = until;
    }

    public MemberId MemberId { get; private set; }

    /// <summary>0 is the oldest.</summary>
    public int Number { get; private set; }
    public string Display { get; private set; } = "";
    public string? Native { get; private set; }
    public DateTimeOffset Until { get; private set; }
}
