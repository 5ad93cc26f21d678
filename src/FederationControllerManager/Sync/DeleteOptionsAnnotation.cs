using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Meta;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>
/// The annotation <c>kubefed.io/deleteoption</c>: DeleteOptions as JSON, of which <c>gracePeriodSeconds</c> and
/// <c>propagationPolicy</c> count. The precondition on the UID is always the control plane's own.
/// </summary>
internal static class DeleteOptionsAnnotation
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the annotation.</summary>
    /// <exception cref="JsonException">It is not the JSON of DeleteOptions; the message says what is wrong.</exception>
    public static DeleteOptions Read(string text)
    {
        if (JsonNode.Parse(text, documentOptions: DocumentOptions) is not JsonObject options)
        {
            throw new JsonException("it must be a JSON object");
        }

        return new DeleteOptions
        {
            GracePeriodSeconds = ReadSeconds(options["gracePeriodSeconds"]),
            PropagationPolicy = ReadPolicy(options["propagationPolicy"]),
        };
    }

    private static long? ReadSeconds(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<long>(out var seconds) && seconds >= 0 => seconds,
        _ => throw new JsonException("gracePeriodSeconds must be a whole number, 0 or greater"),
    };

    private static PropagationPolicy ReadPolicy(JsonNode? node)
    {
        if (node is null)
        {
            return PropagationPolicy.Unset;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text)
            && text is "Orphan" or "Background" or "Foreground"
            ? Enum.Parse<PropagationPolicy>(text)
            : throw new JsonException("propagationPolicy must be Orphan, Background or Foreground");
    }
}
