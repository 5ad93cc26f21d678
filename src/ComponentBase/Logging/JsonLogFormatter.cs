using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace KubeFed.ComponentBase.Logging;

/// <summary>
/// <c>{"time":"...","level":"INFO","msg":"...", ... ,"logger":"..."}</c>, one object on a line. Fields of a message or scope that bear one
/// of the fixed names are left out.
/// </summary>
internal sealed class JsonLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "kubefed-json";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly HashSet<string> FixedNames = ["time", "level", "msg", "error", "logger", "stack"];

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("level", LogFields.LevelName(logEntry.LogLevel));
            writer.WriteString("msg", logEntry.Formatter(logEntry.State, logEntry.Exception));
            foreach (var (name, value) in LogFields.Of(logEntry.State, scopeProvider).Items)
            {
                if (!FixedNames.Contains(name))
                {
                    WriteField(writer, name, value);
                }
            }

            WriteEnd(writer, logEntry.Category, logEntry.LogLevel, logEntry.Exception);
        }

        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    private static void WriteEnd(Utf8JsonWriter writer, string category, LogLevel level, Exception? error)
    {
        if (error is not null)
        {
            writer.WriteString("error", LogFields.ErrorText(error));
        }

        writer.WriteString("logger", category);
        if (level >= LogLevel.Error && error?.StackTrace is { } stack)
        {
            writer.WriteString("stack", stack);
        }

        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(name, number);
                break;
            default:
                writer.WriteString(name, LogFields.ValueText(value));
                break;
        }
    }
}
