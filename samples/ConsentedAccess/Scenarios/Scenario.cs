using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>One story: what is different from the basic one, and how it has to end.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string English { get; init; }

    /// <summary>The same in Japanese.</summary>
    public required string Japanese { get; init; }

    /// <summary>More flags for the phone.</summary>
    public IReadOnlyList<string> PhoneFlags { get; init; } = [];

    /// <summary>More flags for the patient OP.</summary>
    public IReadOnlyList<string> OpFlags { get; init; } = [];

    /// <summary>The ticket that the phone gets.</summary>
    public TicketKind Ticket { get; init; } = TicketKind.Fresh;

    /// <summary>Members that replace those of the EHR's basic access.</summary>
    public JsonObject Access { get; init; } = [];

    /// <summary>Members that replace those of the basic access where the EHR asks once more.</summary>
    public JsonObject Again { get; init; } = [];

    /// <summary>What the person agrees to on the phone before anybody asks, in the members of <c>POST /device/standing/drafts</c> without the resource; null for nothing.</summary>
    public JsonObject? Beforehand { get; init; }

    /// <summary>The ground on which the record is opened without asking the phone, which is told afterwards; null where the phone is asked.</summary>
    public string? Told { get; init; }

    /// <summary>Whether the person acts with a passkey in a browser, played by the main job, instead of a phone.</summary>
    public bool Passkey { get; init; }

    /// <summary>Whether the phone is that of the patient's parent, who was registered at a desk; the patient has none.</summary>
    public bool ByProxy { get; init; }

    /// <summary>What happens after the record was read.</summary>
    public Afterwards Afterwards { get; init; } = Afterwards.History;

    /// <summary>What the gate before the patient OP does; none stands there for <see cref="GateAct.None"/>.</summary>
    public GateAct Gate { get; init; } = GateAct.None;

    /// <summary>The step after which the patient OP is killed, with <see cref="GateAct.KillAfterStep"/>.</summary>
    public int KillAfter { get; init; } = 4;

    /// <summary>Every refusal that has to come, and no other may.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>The last step that has to succeed at all its hosts.</summary>
    public int LastGoodStep { get; init; } = WalkSteps.Last;

    /// <summary>The scopes that the record may show; null: all that were asked.</summary>
    public IReadOnlyList<string>? Granted { get; init; }

    public string Text(string language) => language == "ja" ? Japanese : English;
}
