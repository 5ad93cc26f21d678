using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>Makes a status of any answer that is not 2xx: the server's own, or one that says what a proxy said.</summary>
internal static class StatusDecoder
{
    private const int MaxBody = 1 << 20;
    private const int MaxText = 512;

    public static async Task<StatusException> ReadAsync(
        KubeRequest request, HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        using var body = await ResponseBody.ReadAsync(response, MaxBody, cancellationToken);
        var status = TryParse(body.Memory.Span) ?? FromText(request, response, body.Memory.Span);
        var code = (int)response.StatusCode;
        if (status.Code == 0)
        {
            status = status with { Code = code };
        }

        var seconds = RetryAfterSeconds(response, time);
        return new StatusException(seconds is null || status.Details?.RetryAfterSeconds is > 0
            ? status
            : status with { Details = (status.Details ?? new StatusDetails()) with { RetryAfterSeconds = seconds } });
    }

    /// <summary>The status that the bytes are, or null when they are something else.</summary>
    public static Status? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            var status = JsonSerializer.Deserialize(json, StatusJsonContext.Default.Status);
            return status is { Kind: "Status" } && (status.Message is not null || status.Reason is not null || status.Code != 0)
                ? status
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The seconds of the Retry-After header, at least 1; null without one.</summary>
    public static int? RetryAfterSeconds(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait is null ? null : (int)Math.Clamp(Math.Ceiling(wait.Value.TotalSeconds), 1, 3600);
    }

    private static Status FromText(KubeRequest request, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var text = Plain(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 16 << 10)]));
        var code = (int)response.StatusCode;
        var message = string.Create(CultureInfo.InvariantCulture, $"the server answered {code} {response.ReasonPhrase} to {request.Describe()}");
        return new Status
        {
            Outcome = "Failure",
            Code = code,
            Reason = ReasonOf(response.StatusCode),
            Message = text.Length == 0 ? message : $"{message}: {text}",
        };
    }

    private static string? ReasonOf(HttpStatusCode code) => code switch
    {
        HttpStatusCode.BadRequest => StatusReason.BadRequest,
        HttpStatusCode.Unauthorized => StatusReason.Unauthorized,
        HttpStatusCode.Forbidden => StatusReason.Forbidden,
        HttpStatusCode.NotFound => StatusReason.NotFound,
        HttpStatusCode.MethodNotAllowed => StatusReason.MethodNotAllowed,
        HttpStatusCode.NotAcceptable => StatusReason.NotAcceptable,
        HttpStatusCode.Conflict => StatusReason.Conflict,
        HttpStatusCode.Gone => StatusReason.Gone,
        HttpStatusCode.RequestEntityTooLarge => StatusReason.RequestEntityTooLarge,
        HttpStatusCode.UnsupportedMediaType => StatusReason.UnsupportedMediaType,
        HttpStatusCode.UnprocessableEntity => StatusReason.Invalid,
        HttpStatusCode.TooManyRequests => StatusReason.TooManyRequests,
        HttpStatusCode.InternalServerError => StatusReason.InternalError,
        HttpStatusCode.ServiceUnavailable => StatusReason.ServiceUnavailable,
        HttpStatusCode.GatewayTimeout => StatusReason.Timeout,
        _ => null,
    };

    private static string Plain(string text)
    {
        var plain = new StringBuilder(MaxText);
        var inTag = false;
        foreach (var c in text)
        {
            inTag = c == '<' || (inTag && c != '>');
            if (inTag || c == '>' || char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (plain.Length > 0 && plain[^1] != ' ')
                {
                    plain.Append(' ');
                }
            }
            else if (plain.Length == MaxText)
            {
                return plain.Append("...").ToString();
            }
            else
            {
                plain.Append(c);
            }
        }

        return plain.ToString().TrimEnd();
    }
}
