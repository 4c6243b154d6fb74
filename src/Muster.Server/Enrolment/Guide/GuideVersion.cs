using System.Text.Json;
using System.Text.Json.Serialization;
using Muster.Core.Guide;

namespace Muster.Server.Enrolment.Guide;

/// <summary>The whole guide as one act of a registrar left it. Never changed; number 1 follows what is shipped, which is number 0.</summary>
public sealed class GuideVersion
{
    private static readonly JsonSerializerOptions json = new() { Converters = { new JsonStringEnumConverter() } };

    private GuideVersion() { }

    public int Number { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>Account name.</summary>
    public string MadeBy { get; private set; } = "";

    /// <summary><c>added</c>, <c>changed</c>, <c>shown</c>, <c>hidden</c>, <c>moved</c>, <c>removed</c> or <c>restored</c>.</summary>
    public string Act { get; private set; } = "";

    /// <summary>Title of the step, or the number of the version that was put back.</summary>
    public string About { get; private set; } = "";
    public string Content { get; private set; } = "";

    public static GuideVersion After(GuideVersion? last, GuideContent content, string act, string about, string by, DateTimeOffset now) =>
        new()
        {
            Number = (last?.Number ?? 0) + 1,
            MadeAt = now,
            MadeBy = by,
            Act = act,
            About = about,
            Content = JsonSerializer.Serialize(content.Steps, json),
        };

    public GuideContent ToContent() =>
        GuideContent.Of(
            JsonSerializer.Deserialize<List<GuideStep>>(Content, json) ?? throw new InvalidDataException("A version of the guide is null.")
        );
}
