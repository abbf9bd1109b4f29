using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;

namespace ScenarioHub.Platform.Requests;

/// <summary>What the pipeline must know of an answer without knowing its type.</summary>
public interface IOutcome<TSelf>
{
    static abstract TSelf Refused(Refusal why);
    Refusal? Why { get; }
}

/// <summary>A value, or a refusal that says why not.</summary>
[JsonConverter(typeof(ResultJson))]
public readonly record struct Result<T> : IOutcome<Result<T>>
{
    private readonly T? _value;
    private Result(T? value, Refusal? why) => (_value, Why) = (value, why);

    public Refusal? Why { get; }
    public bool Ok => Why is null;
    public T Value => Why is null ? _value! : throw new InvalidOperationException($"Refused: {Why.Code}.");

    public static Result<T> Of(T value) => new(value, null);
    public static Result<T> Refused(Refusal why) => new(default, why);
    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal why) => new(default, why);
}

/// <summary>The answer of a command that has nothing to say.</summary>
public readonly record struct Done;

/// <summary>Changes something; runs in one transaction that is committed only when the answer is not a refusal.</summary>
public interface ICommand<T> : IRequest<Result<T>>, ICommandMarker;

/// <summary>Changes nothing and opens no transaction; what is asked for stands in the query string.</summary>
public interface IQuery<T> : IRequest<Result<T>>, IQueryMarker;

public interface ICommandMarker;

public interface IQueryMarker;

/// <summary>A result kept to be given again: <c>{"value": …}</c> or <c>{"why": …}</c>. Never part of the API.</summary>
internal sealed class ResultJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Result<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;

    private sealed record Kept<T>(T? Value, Refusal? Why);

    private sealed class Of<T> : JsonConverter<Result<T>>
    {
        public override Result<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var kept = JsonSerializer.Deserialize<Kept<T>>(ref reader, options)!;
            return kept.Why is { } why ? why : Result<T>.Of(kept.Value!);
        }

        public override void Write(Utf8JsonWriter writer, Result<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Kept<T>(value.Ok ? value.Value : default, value.Why), options);
    }
}
