using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>Application forms over the contract that both ways of checking share: here, or at a platform operator, which takes bare signatures only.</summary>
public sealed class ApplicationFormService
{
    private readonly IJpkiIdentityVerifier _verifier;
    private readonly TimeProvider _time;
    private readonly FormJudge _judge;

    /// <summary>A service; one for the deployment.</summary>
    /// <param name="verifier">Who checks signature and certificate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="forms">What has to hold for the form; null for the usual.</param>
    public ApplicationFormService(IJpkiIdentityVerifier verifier, TimeProvider time, ApplicationFormPolicy? forms = null)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(time);
        _verifier = verifier;
        _time = time;
        _judge = new(forms ?? new());
    }

    /// <summary>Verifies a form with a bare signature.</summary>
    /// <param name="form">The form; <see cref="FormSignatureFormat.Pkcs1"/>, with document and certificate.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">Another format, or the document or certificate is missing.</exception>
    public async Task<ApplicationFormDecision> VerifyAsync(SignedApplicationForm form, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (form is not { Format: FormSignatureFormat.Pkcs1, Document: { } document, Certificate: { } certificate })
        {
            throw new ArgumentException("A bare signature with the document and the certificate beside it.", nameof(form));
        }

        JpkiIdentityRequest request = new()
        {
            Use = JpkiCertificateKind.Sign,
            Message = document,
            Signature = form.Signature,
            Certificate = certificate.RawData,
            Hash = form.Hash,
        };
        var decision = await _verifier.VerifyAsync(request, cancellationToken).ConfigureAwait(false);
        if (!decision.IsAccepted)
        {
            return new() { Outcome = decision.Outcome, Error = decision.Error, Standing = decision.Standing, Certificate = decision };
        }

        return decision.Evidence.BasicFour is null
            ? new() { Outcome = VerificationOutcome.Undetermined, Error = new(JpkiErrorCodes.AttributeMissing, ErrorCategory.State, JpkiSections.Platform), Standing = decision.Standing, Certificate = decision }
            : _judge.Judge(form, document, decision, _time.GetUtcNow());
    }
}
