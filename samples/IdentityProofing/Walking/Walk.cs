using System.Text.Json;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Provider;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.IdentityProofing;

/// <summary>One run: the world, the OP on a loopback port, the person, and what each act is expected to give.</summary>
internal sealed class Walk : IAsyncDisposable
{
    /// <summary>How the person is known to the clinic: the number on the card that reception reads.</summary>
    public const string LoginHint = "reception-number-0001";

    private const string UserCode = "2468";

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly Report _report;

    private Walk(SampleWorld world, WebApplication app, HttpClient http, Report report)
    {
        World = world;
        _app = app;
        _http = http;
        _report = report;
        Issuer = app.Services.GetRequiredService<ProviderOptions>().Issuer;
        Person = new(http, Issuer);
        Terminal = new(http, Issuer, world.TerminalKey);
    }

    public SampleWorld World { get; }

    public string Issuer { get; }

    public Person Person { get; }

    public TerminalClient Terminal { get; }

    public IProviderStore Store => _app.Services.GetRequiredService<IProviderStore>();

    /// <summary>Starts everything that the scenarios share.</summary>
    /// <param name="folder">Where the database, the log and the telemetry go.</param>
    /// <param name="report">Where the steps go.</param>
    /// <param name="standing">The OP's legal standing.</param>
    /// <param name="freshness">How long an answer about revocation is used again.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<Walk> StartAsync(string folder, Report report, JpkiStanding standing, FreshnessPolicy freshness, CancellationToken cancellationToken)
    {
        var world = await SampleWorld.StartAsync(standing, freshness, cancellationToken);
        string[] flags =
        [
            "--urls", LoopbackPort.NextUrl(), "--log", Path.Combine(folder, "op.log"), "--log-level", "trace", "--telemetry", Path.Combine(folder, "telemetry.jsonl"),
        ];
        var app = ProofingHost.Build(HostArguments.Parse("identity-proofing-op", flags)!, world, Path.Combine(folder, "op.db"));
        await app.StartAsync(cancellationToken);
        return new(world, app, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }), report);
    }

    /// <summary>The application is accepted.</summary>
    /// <returns>The account and the ticket for a phone.</returns>
    public async Task<(string Account, string Ticket)> ApplyAsync(string step, bool isNew)
    {
        var answer = await Person.ApplyAsync(World.Card);
        Expect(step, answer, null);
        if (answer.Json.GetProperty("new").GetBoolean() != isNew)
        {
            throw new WalkFailedException(step, isNew ? "the account is an old one" : "a second account was made");
        }

        return (answer.Text("account"), answer.Text("ticket"));
    }

    /// <summary>What reception and data service do once (rows A11, A17): the person tells a number and chooses a code; the service's record belongs to this account.</summary>
    public async Task RegisterAtDataServiceAsync(string account)
    {
        var options = _app.Services.GetRequiredService<ProviderOptions>();
        var known = (await Store.FindAccountAsync(options.Tenant, account))!;
        var digests = _app.Services.GetRequiredService<AccountDigests>();
        await Store.PutAccountAsync(known with
        {
            HintDigests = [.. known.HintDigests, digests.OfHint(options.Tenant, LoginHint)],
            UserCodeDigest = digests.OfUserCode(options.Tenant, account, UserCode),
            Patients = new Dictionary<string, string>(StringComparer.Ordinal) { [ClinicEhr.Resource] = "synthetic-patient-1" },
        });
    }

    /// <summary>A CIBA request whose authentication device is the card in the clinic's terminal (row A18).</summary>
    public async Task ConsentAtTerminalAsync(string account)
    {
        using var ehr = new ClinicEhr(_http, Issuer, World);
        var asked = await ehr.AskAsync(LoginHint, UserCode);
        Check("the EHR asks by CIBA; the doctor's HPKI card signs who asks", asked.Error?.Code, null, "scope", string.Join(' ', ClinicEhr.Scopes));
        var waiting = await Terminal.SignInAsync(World.Card);
        Expect("the person puts the card into the terminal and enters the PIN; the OP shows what waits", waiting, null);
        var request = waiting.Json.GetProperty("requests")[0];
        var (id, token) = (request.GetProperty("request").GetString()!, request.GetProperty("device_token").GetString()!);
        var notice = await Terminal.ReadNoticeAsync(id, token);
        Expect("the terminal shows the notice that a phone would show", notice, null);
        var shown = notice.Json.GetProperty("notice");
        var agreed = await Terminal.AgreeAsync(id, token, shown, World.Card);
        Expect("the person agrees; the card's second act covers the digest of notice and choice", agreed, null);
        var tokens = await ehr.WaitAsync(asked.Value!);
        Check("the EHR's poll gets the tokens", tokens.Error?.Code, null, "acr", tokens.Value?.IdToken.Acr, "amr", string.Join(' ', tokens.Value?.IdToken.Amr ?? []));
        Require("acr is the terminal's", tokens.Value!.IdToken.Acr == ProofingHost.CardClass);
        Require("amr names the card and the PIN", tokens.Value.IdToken.Amr is ["hwk", "sc", "pin", "mfa"]);
        Require("the tokens are the person's", tokens.Value.IdToken.Subject == account);
        var consent = (await Store.FindConsentAsync(_app.Services.GetRequiredService<ProviderOptions>().Tenant, tokens.Value.IdToken.ConsentId!))!;
        Check("the consent records institution and terminal", null, null, "institution", consent.Act.Terminal?.Institution, "terminal", consent.Act.Terminal?.TerminalId);
        Require("the terminal stands in the record", consent.Act.Terminal == new Core.ConsentTerminal(ProofingHost.Terminal.InstitutionId, ProofingHost.Terminal.Institution, ProofingHost.Terminal.ClientId));
    }

    /// <summary>Reports an answer; it has to carry this code, or none.</summary>
    public void Expect(string step, SampleAnswer answer, string? code) => Check(step, answer.Code, code);

    public void Require(string what, bool holds)
    {
        if (!holds)
        {
            throw new WalkFailedException(what, "does not hold");
        }
    }

    public void Check(string step, string? code, string? expected, params string?[] facts)
    {
        _report.Step(step, code, facts);
        if (code != expected)
        {
            throw new WalkFailedException(step, $"{code ?? "accepted"}, and {expected ?? "accepted"} was expected");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await World.DisposeAsync();
    }
}
