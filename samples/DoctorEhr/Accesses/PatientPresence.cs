using System.Text.Json;
using MedId.OAuth;

namespace MedId.Samples.DoctorEhr;

/// <summary>The member <c>face_to_face</c> of <c>POST /accesses</c>: how the reception checked the patient, and by whom.</summary>
/// <param name="Method">The way, a code of the patient OP's list.</param>
/// <param name="CheckedBy">The clerk.</param>
/// <param name="OtherHint">MISBEHAVES: the statement is about whom this hint names; null for the patient of the access.</param>
internal sealed record PatientPresence(string Method, string CheckedBy, string? OtherHint)
{
    public static PatientPresence? Read(JsonElement json)
    {
        var members = new JsonMembers(json);
        return members.String("method", 64) is { } method && members.String("checked_by", 64) is { } clerk && members is { Wrong: null }
            ? new(method, clerk, members.String("other_hint"))
            : null;
    }

    public override string ToString() => Method;
}
