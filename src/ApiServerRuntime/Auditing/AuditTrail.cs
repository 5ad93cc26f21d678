using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Reviews;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>What is known of one audited request, and its events as lines of audit.k8s.io/v1.</summary>
internal sealed class AuditTrail
{
    private const int MaxAgent = 1024;
    private const int MaxId = 64;
    private const string IdHeader = "Audit-Id";
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpContext _context;
    private readonly ApiRequest _request;
    private readonly AuditDecision _decision;
    private readonly TimeProvider _time;
    private readonly UserInfo _user;
    private readonly string _id;
    private readonly string _receivedAt;
    private BodyCapture? _sent;
    private BodyCapture? _answered;

    public AuditTrail(HttpContext context, ApiRequest request, AuditDecision decision, TimeProvider time)
    {
        (_context, _request, _decision, _time, _user) = (context, request, decision, time, request.User);
        var given = context.Request.Headers[IdHeader].ToString();
        _id = given.Length is > 0 and <= MaxId && given.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') ? given : Guid.NewGuid().ToString();
        _receivedAt = Now();
        context.Response.Headers[IdHeader] = _id;
    }

    /// <summary>Begins to look at the bodies that the level asks for.</summary>
    /// <returns>Ends it; to be called when the answer is whole, or failed.</returns>
    public Func<bool, Task> CaptureBodies()
    {
        if (_decision.Level >= AuditLevel.Request && _request.IsMutating)
        {
            _sent = new BodyCapture(AuditBody.MaxBytes);
            _context.Request.Body = new TeeStream(_context.Request.Body, _sent);
        }

        if (_decision.Level < AuditLevel.RequestResponse || _request.IsLongRunning)
        {
            return static _ => Task.CompletedTask;
        }

        _answered = new BodyCapture(AuditBody.MaxBytes);
        var original = _context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var tee = new StreamResponseBodyFeature(new TeeStream(original.Stream, _answered), original);
        _context.Features.Set<IHttpResponseBodyFeature>(tee);
        return async whole =>
        {
            _context.Features.Set(original);
            if (whole)
            {
                await tee.CompleteAsync();
            }
        };
    }

    /// <summary>The line of an event.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="code">The status code; null before there is one.</param>
    /// <param name="failure">The failure that is answered; null for none.</param>
    public byte[] Line(AuditStage stage, int? code, Status? failure = null)
    {
        var line = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "audit.k8s.io/v1",
            ["level"] = _decision.Level.ToString(),
            ["auditID"] = _id,
            ["stage"] = stage.ToString(),
            ["requestURI"] = _context.Request.Path.Value + _context.Request.QueryString.Value,
            ["verb"] = _request.Info.Verb,
            ["user"] = UserNode.Of(_user),
        };
        if (_request.Impersonator is not null)
        {
            line["impersonatedUser"] = UserNode.Of(_request.User);
        }

        line["sourceIPs"] = new JsonArray(JsonValue.Create(_context.Connection.RemoteIpAddress?.ToString() ?? string.Empty));
        Set(line, "userAgent", Agent());
        if (_request.Info.IsResourceRequest)
        {
            line["objectRef"] = Reference(_request.Info);
        }

        if (code is not null)
        {
            line["responseStatus"] = Outcome(code.Value, failure);
        }

        if (stage == AuditStage.ResponseComplete)
        {
            AddBodies(line);
        }

        line["requestReceivedTimestamp"] = _receivedAt;
        line["stageTimestamp"] = Now();
        return [.. JsonSerializer.SerializeToUtf8Bytes(line, Compact), (byte)'\n'];
    }

    private static JsonObject Reference(RequestInfo info)
    {
        var reference = new JsonObject();
        Set(reference, "resource", info.Resource);
        Set(reference, "namespace", info.Namespace);
        Set(reference, "name", info.Name);
        Set(reference, "apiGroup", info.Group);
        Set(reference, "apiVersion", info.Version);
        Set(reference, "subresource", info.Subresource);
        return reference;
    }

    private static JsonObject Outcome(int code, Status? failure)
    {
        var status = new JsonObject { ["metadata"] = new JsonObject() };
        Set(status, "status", failure?.Outcome);
        Set(status, "message", failure?.Message);
        Set(status, "reason", failure?.Reason);
        status["code"] = code;
        return status;
    }

    private static void Set(JsonObject into, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            into[name] = value;
        }
    }

    private void AddBodies(JsonObject line)
    {
        if (_sent is not null && AuditBody.Read(_sent, _context.Request.ContentType, gzip: false, _decision.OmitManagedFields) is { } sent)
        {
            line["requestObject"] = sent;
        }

        if (_answered is not null
            && AuditBody.Read(_answered, _context.Response.ContentType, _context.Response.Headers.ContentEncoding == "gzip", _decision.OmitManagedFields) is { } answered)
        {
            line["responseObject"] = answered;
        }
    }

    private string Agent()
    {
        var agent = _context.Request.Headers.UserAgent.ToString();
        return agent.Length > MaxAgent ? agent[..MaxAgent] + "...TRUNCATED" : agent;
    }

    private string Now() => _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
