namespace ScenarioHub.Tests;
public class Smoke { [Fact] public void S() => Assert.NotNull(typeof(Program)); }
