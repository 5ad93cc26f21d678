using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace KubeFed.ComponentBase.Logging;

/// <summary>
/// <c>time=2026-01-02T03:04:05.678Z level=INFO msg="Starting controller" controller=sync logger=...</c>, always one line. A value with
/// blanks, quotes, equals signs or control characters stands in quotes, with those escaped.
/// </summary>
internal sealed class TextLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "kubefed-text";

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,;+*@%&()[]{}<>|~^$#?!'µ");

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write("time=");
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(" level=");
        textWriter.Write(LogFields.LevelName(logEntry.LogLevel));
        WritePair(textWriter, "msg", logEntry.Formatter(logEntry.State, logEntry.Exception));
        foreach (var (name, value) in LogFields.Of(logEntry.State, scopeProvider).Items)
        {
            WritePair(textWriter, name, LogFields.ValueText(value));
        }

        if (logEntry.Exception is { } error)
        {
            WritePair(textWriter, "error", LogFields.ErrorText(error));
        }

        WritePair(textWriter, "logger", logEntry.Category);
        if (logEntry.LogLevel >= LogLevel.Error && logEntry.Exception?.StackTrace is { } stack)
        {
            WritePair(textWriter, "stack", stack);
        }

        textWriter.Write('\n');
    }

    private static void WritePair(TextWriter writer, string name, string? value)
    {
        writer.Write(' ');
        writer.Write(name);
        writer.Write('=');
        if (value is null)
        {
            writer.Write("null");
        }
        else if (value.Length > 0 && value != "null" && !value.AsSpan().ContainsAnyExcept(Plain))
        {
            writer.Write(value);
        }
        else
        {
            WriteQuoted(writer, value);
        }
    }

    private static void WriteQuoted(TextWriter writer, string value)
    {
        writer.Write('"');
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '"':
                case '\\':
                    writer.Write('\\');
                    writer.Write(letter);
                    break;
                case '\n':
                    writer.Write("\\n");
                    break;
                case '\r':
                    writer.Write("\\r");
                    break;
                case '\t':
                    writer.Write("\\t");
                    break;
                case var control when char.IsControl(control) || control is '\u2028' or '\u2029':
                    writer.Write($"\\u{(int)control:x4}");
                    break;
                default:
                    writer.Write(letter);
                    break;
            }
        }

        writer.Write('"');
    }
}
