using MedId.Core;

namespace MedId.Pki;

/// <summary>Why a path is refused, and for which of its certificates.</summary>
internal sealed record PathRefusal(MedIdError Error, int Certificate);
