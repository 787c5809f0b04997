using Microsoft.AspNetCore.Http;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What a page says.</summary>
/// <param name="State">Which page it is: <c>list</c>, <c>empty</c>, <c>item</c>, <c>confirm</c>, <c>done</c>, <c>error</c>, <c>sign-in</c> or <c>signed-out</c>.</param>
/// <param name="Title">Title of the window and heading of the page.</param>
/// <param name="Body">Everything below the heading.</param>
internal sealed record PageAnswer(string State, Html Title, Html Body)
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the heading is the news: it gets the focus, so that it is read first.</summary>
    public bool IsNews { get; init; }
}
