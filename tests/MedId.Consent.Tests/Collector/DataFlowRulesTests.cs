using static MedId.Consent.Tests.CollectorScene;

namespace MedId.Consent.Tests;

public sealed class DataFlowRulesTests
{
    [Fact]
    public void Check_WithinTheConsent_IsPermittedOnce()
    {
        var permit = Check(Request).Value!;

        Assert.Equal((Grant.Id, "t1", Grant.Id), (permit.ConsentId, permit.ReplayKey.Id, permit.ReplayKey.Issuer));
        Assert.Equal(Grant.Clauses[0], permit.Clause);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "manager", ConsentErrorCodes.ForeignManager }, { "id", ConsentErrorCodes.SignatureMismatch }, { "signature", ConsentErrorCodes.SignatureMismatch }, { "recipient", ConsentErrorCodes.ForeignRecipient },
        { "provider", ConsentErrorCodes.ForeignRecipient }, { "class", ConsentErrorCodes.OutOfRange }, { "class beside", ConsentErrorCodes.OutOfRange }, { "no class", ConsentErrorCodes.OutOfRange },
        { "purpose", ConsentErrorCodes.OutOfRange }, { "before the range", ConsentErrorCodes.OutOfRange }, { "after the range", ConsentErrorCodes.OutOfRange }, { "range upside down", ConsentErrorCodes.OutOfRange },
        { "mode", ConsentErrorCodes.ModeNotAllowed },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_OneFault_IsRefused(string what, string code)
    {
        var request = what switch
        {
            "manager" => Request with { Manager = "other" },
            "id" => Request with { ConsentId = Id(1) },
            "signature" => Request with { SignatureDigest = HistoryScene.Digest("altered") },
            "recipient" => Request with { From = "other" },
            "provider" => Request with { To = "other" },
            "class" => Request with { Classes = ["DiagnosticReport"] },
            "class beside" => Request with { Classes = ["Prescription", "DiagnosticReport"] },
            "no class" => Request with { Classes = [] },
            "purpose" => Request with { Purpose = "HPAYMT" },
            "before the range" => Request with { DataFrom = Request.DataFrom.AddTicks(-1) },
            "after the range" => Request with { DataUntil = Request.DataUntil.AddTicks(1) },
            "range upside down" => Request with { DataFrom = Now, DataUntil = Now.AddDays(-1) },
            _ => Request with { Action = ArtefactAction.Store },
        };

        Assert.Equal(code, Check(request).Error?.Code);
    }

    [Theory]
    [InlineData(ArtefactStatus.Paused, "consent.paused", "ConsentPaused")]
    [InlineData(ArtefactStatus.Withdrawn, "consent.revoked", "ConsentRevoked")]
    [InlineData(ArtefactStatus.Expired, "consent.expired", "ConsentExpired")]
    [InlineData(ArtefactStatus.Requested, "consent.not_given", null)]
    [InlineData(ArtefactStatus.Unknown, "consent.not_given", null)]
    [InlineData(ArtefactStatus.Superseded, "consent.not_given", null)]
    public void Check_StatusThatIsNotGiven_IsRefused(ArtefactStatus status, string code, string? name)
    {
        var error = DataFlowRules.Check(Grant, Digest, status, Request, [], Now).Error;

        Assert.Equal((code, name), (error?.Code, DataFlowRules.AccountAggregatorName(code)));
    }

    [Fact]
    public void Check_Times_AreExact()
    {
        var end = Grant.ExpiresAt!.Value;

        Assert.True(Check(Request, at: end.AddTicks(-1)).Succeeded);
        Assert.Equal(ConsentErrorCodes.Expired, Check(Request, at: end).Error?.Code);
        Assert.Equal(ConsentErrorCodes.NotGiven, Check(Request, at: Now.AddTicks(-1)).Error?.Code);
        Assert.Equal(ConsentErrorCodes.Expired, Check(Request, Grant with { ExpiresAt = null }).Error?.Code);
    }

    [Fact]
    public void Check_OneTime_IsOnce()
    {
        var once = Grant with { Clauses = [Grant.Clauses[0] with { OneTime = true, Frequency = null }] };

        Assert.True(Check(Request, once).Succeeded);
        var error = Check(Request, once, transfers: [Now.AddDays(-100)]).Error;
        Assert.Equal((ConsentErrorCodes.UseExceeded, "InvalidConsentUse"), (error?.Code, DataFlowRules.AccountAggregatorName(error!.Code)));
    }

    // Twice a day: a transfer exactly a day ago is of the day before.
    [Fact]
    public void Check_Frequency_CountsTheSpanBeforeNow()
    {
        Assert.True(Check(Request, transfers: [Now.AddDays(-1), Now.AddHours(-1)]).Succeeded);
        Assert.Equal(ConsentErrorCodes.UseExceeded, Check(Request, transfers: [Now.AddDays(-1).AddTicks(1), Now.AddHours(-1)]).Error?.Code);
    }

    [Fact]
    public void Check_Repeats_CountAllTransfers()
    {
        var thrice = Grant with { Clauses = [Grant.Clauses[0] with { Frequency = new(ArtefactTimeUnit.Month, 1, 3) }] };
        DateTimeOffset[] before = [Now.AddMonths(-3), Now.AddMonths(-2), Now.AddMonths(-1)];

        Assert.True(Check(Request, thrice, transfers: before[1..]).Succeeded);
        Assert.Equal(ConsentErrorCodes.UseExceeded, Check(Request, thrice, transfers: before).Error?.Code);
    }

    [Fact]
    public void Check_WhatIsNotUnderstood_DecidesNothing()
    {
        Assert.Equal(ConsentErrorCodes.NotDecidable, Check(Request, Grant with { PermitByDefault = true }).Error?.Code);
        Assert.Equal(ConsentErrorCodes.NotDecidable, Check(Request, Grant with { Exceptions = [Grant.Clauses[0]] }).Error?.Code);
    }

    private static Core.MedIdResult<DataFlowPermit> Check(DataRequested request, ConsentArtefact? artefact = null, IReadOnlyCollection<DateTimeOffset>? transfers = null, DateTimeOffset? at = null) =>
        DataFlowRules.Check(artefact ?? Grant, Digest, ArtefactStatus.Given, request, transfers ?? [], at ?? Now);
}
