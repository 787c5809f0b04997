using MedId.Core;

namespace MedId.Pki;

/// <summary>Writes the checks down when somebody asked for them, and costs nothing otherwise.</summary>
internal sealed class PathTrace(bool explain)
{
    private readonly List<PathStep>? _steps = explain ? [] : null;

    public IReadOnlyList<PathStep> Steps => _steps ?? (IReadOnlyList<PathStep>)[];

    /// <summary>Notes the outcome of a check and turns it into a refusal; null when it holds.</summary>
    public PathRefusal? Judge(string section, string name, int certificate, MedIdError? error, bool applies = true)
    {
        Note(section, name, certificate, error is not null ? PathStepResult.Failed : applies ? PathStepResult.Passed : PathStepResult.NotApplicable);
        return error is null ? null : new(error, certificate);
    }

    public void Note(string section, string name, int? certificate, PathStepResult result) => _steps?.Add(new(section, name, certificate, result));
}
