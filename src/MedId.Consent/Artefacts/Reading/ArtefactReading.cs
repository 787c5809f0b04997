using MedId.Core;

namespace MedId.Consent;

/// <summary>One read of one artefact: the first fault wins, what the model does not have is gathered.</summary>
internal sealed class ArtefactReading(ArtefactFormat format, string section)
{
    private readonly List<ArtefactAside> _aside = [];

    public ArtefactFormat Format => format;

    public MedIdError? Error { get; private set; }

    public ArtefactList<ArtefactAside> Aside => [.. _aside];

    public void Missing(string place) => Fail(ConsentErrorCodes.MemberMissing, ErrorCategory.Malformed, place);

    public void Invalid(string place) => Fail(ConsentErrorCodes.MemberInvalid, ErrorCategory.Malformed, place);

    public void NotSupported(string place) => Fail(ConsentErrorCodes.MemberNotSupported, ErrorCategory.Unsupported, place);

    public void Limit(string place) => Fail(ConsentErrorCodes.Limit, ErrorCategory.Policy, place);

    public void Keep(string place, string value)
    {
        if (_aside.Count == ArtefactLimits.MaxAside)
        {
            Limit("members that the model does not have");
        }
        else
        {
            _aside.Add(new(format, place, value));
        }
    }

    public MedIdResult<ConsentArtefact> Complete(Func<ConsentArtefact> make) => Error is null ? make() : Error;

    private void Fail(string code, ErrorCategory category, string place) => Error ??= new(code, category, section, place);
}
