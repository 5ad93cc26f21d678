using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Standalone;

/// <summary>Reads and sets the conditions of a status.</summary>
internal static class Conditions
{
    /// <summary>Whether the condition of a type is True.</summary>
    public static bool IsTrue(JsonNode? status, string type) =>
        Find(status, type) is { } condition && (string?)condition["status"] == "True";

    /// <summary>The condition of a type, or null.</summary>
    public static JsonObject? Find(JsonNode? status, string type) =>
        (status?["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(condition => (string?)condition["type"] == type);

    /// <summary>Sets a condition; the time of its transition changes with its status only.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Set(JsonObject status, string type, bool value, string reason, string message, DateTimeOffset now)
    {
        string text = value ? "True" : "False";
        if (status["conditions"] is not JsonArray list)
        {
            status["conditions"] = list = [];
        }

        var condition = Find(status, type);
        if (condition is not null && (string?)condition["status"] == text && (string?)condition["reason"] == reason && (string?)condition["message"] == message)
        {
            return false;
        }

        bool turned = condition is null || (string?)condition["status"] != text;
        if (condition is null)
        {
            condition = new JsonObject { ["type"] = type };
            list.Add(condition);
        }

        condition["status"] = text;
        condition["reason"] = reason;
        condition["message"] = message;
        if (turned)
        {
            condition["lastTransitionTime"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        return true;
    }
}
