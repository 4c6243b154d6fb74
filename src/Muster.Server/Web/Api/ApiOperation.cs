using System.Text.Json;

namespace Muster.Server.Web.Api;

/// <summary>What the description of the interface says of a route beyond its address, its parameters and who may use it.</summary>
/// <param name="Name">Unique; the words about it are <c>Op.NAME</c> in the texts.</param>
/// <param name="Body">Shape of the JSON that is sent; null where nothing is, or a file.</param>
/// <param name="Answer">Shape of the JSON that comes back; null where nothing does, or a file.</param>
/// <param name="Status">Where it went well.</param>
internal sealed record ApiOperation(string Name, Type? Body, Type? Answer, int Status)
{
    /// <summary>Kinds of file that are sent; empty where none is.</summary>
    public IReadOnlyList<string> FilesIn { get; init; } = [];

    /// <summary>Kinds of file that come back; empty where it is JSON.</summary>
    public IReadOnlyList<string> FilesOut { get; init; } = [];

    /// <summary>Parameters of the query that the handler does not name in its own list.</summary>
    public IReadOnlyList<string> MoreQuery { get; init; } = [];

    /// <summary>Parameters of the query without which it is refused.</summary>
    public IReadOnlyList<string> NeededQuery { get; init; } = [];

    /// <summary>Statuses of refusals beyond those that such a route has anyway.</summary>
    public IReadOnlyList<int> AlsoRefuses { get; init; } = [];

    /// <summary>The caller is known by a client certificate in the handshake, not by a session.</summary>
    public bool ByCertificate { get; init; }

    /// <summary>How the answer is written, where not as usual.</summary>
    public JsonSerializerOptions? Writing { get; init; }
}

/// <summary>The identity of what was made.</summary>
internal sealed record MadeAnswer(Guid Id);

/// <summary>Says what a route of the interface is for, what it takes and what it answers. Every route under /api has one.</summary>
internal static class ApiOperations
{
    /// <summary>A question, answered with JSON.</summary>
    public static RouteHandlerBuilder Answers<TAnswer>(
        this RouteHandlerBuilder route,
        string name,
        Func<ApiOperation, ApiOperation>? more = null
    ) => route.Says(new ApiOperation(name, null, typeof(TAnswer), StatusCodes.Status200OK), more);

    /// <summary>A question, answered with a file.</summary>
    public static RouteHandlerBuilder AnswersFile(
        this RouteHandlerBuilder route,
        string name,
        string[] kinds,
        Func<ApiOperation, ApiOperation>? more = null
    ) => route.Says(new ApiOperation(name, null, null, StatusCodes.Status200OK) { FilesOut = kinds }, more);

    /// <summary>An act with a JSON body.</summary>
    public static RouteHandlerBuilder Takes<TBody, TAnswer>(
        this RouteHandlerBuilder route,
        string name,
        int status = StatusCodes.Status200OK,
        Func<ApiOperation, ApiOperation>? more = null
    ) => route.Says(new ApiOperation(name, typeof(TBody), typeof(TAnswer), status), more);

    /// <summary>An act that needs nothing to be said, or a file; answered with JSON.</summary>
    public static RouteHandlerBuilder Does<TAnswer>(
        this RouteHandlerBuilder route,
        string name,
        int status = StatusCodes.Status200OK,
        Func<ApiOperation, ApiOperation>? more = null
    ) => route.Says(new ApiOperation(name, null, typeof(TAnswer), status), more);

    /// <summary>An act that is answered with nothing.</summary>
    public static RouteHandlerBuilder Does(this RouteHandlerBuilder route, string name) =>
        route.Says(new ApiOperation(name, null, null, StatusCodes.Status204NoContent), null);

    private static RouteHandlerBuilder Says(
        this RouteHandlerBuilder route,
        ApiOperation operation,
        Func<ApiOperation, ApiOperation>? more
    ) => route.WithMetadata(more?.Invoke(operation) ?? operation);
}
