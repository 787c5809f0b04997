using System.Text.Json;
using MedId.Core;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Provider;

/// <summary>What an administration endpoint answers.</summary>
internal sealed record AdministrationAnswer
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Writes the body's value; null for none.</summary>
    public Action<Utf8JsonWriter>? Write { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>The entity tag.</summary>
    public long? Version { get; init; }

    public MedIdError? Error { get; init; }

    /// <summary>Whom it was about, for the line of a read.</summary>
    public string? Subject { get; init; }

    /// <summary>What it was about, for the line of a read.</summary>
    public string? ObjectId { get; init; }

    public static AdministrationAnswer NoContent { get; } = new() { Status = StatusCodes.Status204NoContent };

    public static AdministrationAnswer Of(Action<Utf8JsonWriter> write, long? version = null, int status = StatusCodes.Status200OK) => new() { Write = write, Version = version, Status = status };

    public static AdministrationAnswer Refused(MedIdError error) => new() { Error = error, Status = AdministrationRefusals.HttpStatus(error) };

    /// <summary>An object whose members somebody writes.</summary>
    public static AdministrationAnswer Object(Action<Utf8JsonWriter> members, long? version = null, int status = StatusCodes.Status200OK) => Of(
        json =>
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        },
        version,
        status);

    /// <summary>A page: the items, and where the next one begins when there may be more.</summary>
    public static AdministrationAnswer Page<T>(string name, IReadOnlyList<T> items, int limit, Func<T, string> id, Action<Utf8JsonWriter, T> write, Func<T, bool>? shown = null) => Object(json =>
    {
        json.WriteStartArray(name);
        foreach (var item in items.Where(shown ?? (static _ => true)))
        {
            write(json, item);
        }

        json.WriteEndArray();
        if (items.Count == limit)
        {
            json.WriteString("next", id(items[^1]));
        }
    });
}
