using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>An authenticated, permitted call of the administration API.</summary>
internal sealed record AdministrationCall(HttpContext Http, AdministrationActor Actor, JsonElement Body)
{
    public const int DefaultPage = 50;
    public const int MostPage = 200;

    public CancellationToken Aborted => Http.RequestAborted;

    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>A part of the path.</summary>
    public string Path(string name) => (string)Http.Request.RouteValues[name]!;

    /// <summary>A part of the path that is an identifier in base64url, because it may be a URI.</summary>
    public string? EncodedPath(string name) =>
        StrictBase64Url.Decode(Path(name), 1024) is { Succeeded: true, Value: { Length: > 0 and <= 256 } bytes } && bytes.All(static b => b is > 0x20 and < 0x7F) ? System.Text.Encoding.ASCII.GetString(bytes) : null;

    /// <summary>Where a page begins and how long it is.</summary>
    public MedIdResult<(string? After, int Limit)> Page()
    {
        var after = Http.Request.Query["after"];
        var limit = Http.Request.Query["limit"];
        var count = DefaultPage;
        return after.Count > 1 || limit.Count > 1 || after.ToString().Length > 256
            || (limit.Count == 1 && (!int.TryParse(limit.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MostPage))
            ? AdministrationRefusals.Malformed("after, limit (1 to 200)")
            : (after.Count == 1 ? after.ToString() : null, count);
    }

    /// <summary>A number of the query.</summary>
    public MedIdResult<long> Number(string name, long absent, long minimum, long maximum)
    {
        var value = Http.Request.Query[name];
        var number = absent;
        return value.Count > 1 || (value.Count == 1 && (!long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < minimum || number > maximum))
            ? AdministrationRefusals.Malformed(name)
            : number;
    }

    /// <summary>The version that a change names: the one of <c>If-Match</c>, or 0 for <c>If-None-Match: *</c>; null where it names none.</summary>
    public MedIdResult<long> Version(bool needed)
    {
        var (match, none) = (Http.Request.Headers.IfMatch, Http.Request.Headers.IfNoneMatch);
        if (match.Count == 0 && none.Count == 0)
        {
            return needed ? AdministrationRefusals.Precondition() : -1;
        }

        if (match.Count == 0)
        {
            return none.Count == 1 && none.ToString() == "*" ? 0 : AdministrationRefusals.Malformed("If-None-Match: *");
        }

        // One strong entity tag as this API gave it.
        return match.Count == 1 && none.Count == 0 && match.ToString() is ['"', .. { Length: > 0 and < 19 } digits, '"'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : AdministrationRefusals.Malformed("If-Match: one entity tag");
    }

    /// <summary>A string of the body.</summary>
    public string? Text(string name, int most = 512) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= most ? text : null;
}
