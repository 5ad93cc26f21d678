using System.Text.Json;
using KubeFed.ComponentBase.Logging;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace KubeFed.ComponentBase.Tests.Logging;

[Parallelizable(ParallelScope.All)]
public class LogFormatterTests
{
    private static readonly FakeClock Clock = new();

    [Test]
    public void Text_MessageAndScopes_AreOneLine()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var outer = scopes.Push(new Dictionary<string, object?> { ["controller"] = "sync", ["object"] = "outer" });
        using var inner = scopes.Push(new Dictionary<string, object?> { ["object"] = "ns/a b" });
        var line = Write(new TextLogFormatter(Clock), LogLevel.Warning, scopes, new() { ["Delay"] = TimeSpan.FromSeconds(90), ["Nothing"] = null, ["Empty"] = "", ["{OriginalFormat}"] = "x" }, "a \"b\"\nc");
        Assert.That(line, Is.EqualTo(
            "time=2026-01-02T03:04:05.000Z level=WARN msg=\"a \\\"b\\\"\\nc\" delay=1m30s nothing=null empty=\"\" object=\"ns/a b\" controller=sync logger=Some.Area\n"));
    }

    [Test]
    public void Text_Error_CarriesCausesAndStackOnTheSameLine()
    {
        var line = Write(new TextLogFormatter(Clock), LogLevel.Error, null, [], "failed", Thrown());
        Assert.That(line, Does.StartWith("time=2026-01-02T03:04:05.000Z level=ERROR msg=failed error=\"InvalidOperationException: outer: FormatException: inner\" logger=Some.Area stack=\""));
        Assert.That(line.TrimEnd('\n'), Does.Not.Contain("\n"));
    }

    [Test]
    public void Json_MessageScopesAndError_IsOneObject()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var outer = scopes.Push(new Dictionary<string, object?> { ["object"] = "ns/a", ["msg"] = "not mine" });
        var line = Write(new JsonLogFormatter(Clock), LogLevel.Information, scopes, new() { ["Count"] = 3, ["Ratio"] = double.NaN, ["Ok"] = true }, "a\nb", Thrown());
        Assert.That(line, Is.EqualTo(
            "{\"time\":\"2026-01-02T03:04:05.000000Z\",\"level\":\"INFO\",\"msg\":\"a\\nb\",\"count\":3,\"ratio\":\"NaN\",\"ok\":true,\"object\":\"ns/a\","
            + "\"error\":\"InvalidOperationException: outer: FormatException: inner\",\"logger\":\"Some.Area\"}\n"));
    }

    [FsCheck.NUnit.Property]
    public void AnyMessageAndValue_StayOnOneLine(string? message, string? value)
    {
        var text = Write(new TextLogFormatter(Clock), LogLevel.Error, null, new() { ["Value"] = value }, message ?? "");
        Assert.That(text.AsSpan(0, text.Length - 1).ContainsAny("\n\r\u2028\u2029\u0085"), Is.False);

        var json = Write(new JsonLogFormatter(Clock), LogLevel.Error, null, new() { ["Value"] = value }, message ?? "");
        Assert.That(json.AsSpan(0, json.Length - 1).ContainsAny('\n', '\r'), Is.False);
        using var document = JsonDocument.Parse(json);
        Assert.That(document.RootElement.GetProperty("level").GetString(), Is.EqualTo("ERROR"));
    }

    private static string Write(ConsoleFormatter formatter, LogLevel level, IExternalScopeProvider? scopes, Dictionary<string, object?> state, string message, Exception? error = null)
    {
        using var writer = new StringWriter();
        formatter.Write(new LogEntry<Dictionary<string, object?>>(level, "Some.Area", default, state, error, (_, _) => message), scopes, writer);
        return writer.ToString();
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("outer", new FormatException("inner"));
        }
        catch (InvalidOperationException error)
        {
            return error;
        }
    }
}
