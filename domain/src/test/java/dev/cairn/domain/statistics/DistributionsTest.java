package dev.cairn.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against published tables. */
class DistributionsTest {
    /** NIST/SEMATECH e-Handbook of Statistical Methods 1.3.6.7.2, with more digits where a closed form gives them. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.7062047361747",
        "2, 4.30265272974946",
        "3, 3.182446",
        "4, 2.776445",
        "5, 2.570582",
        "9, 2.262157",
        "10, 2.228139",
        "20, 2.085963",
        "30, 2.042272",
        "60, 2.000298",
        "100, 1.983972",
        "120, 1.979930",
        "1000, 1.962339"
    })
    void students_quantile_is_that_of_tables(double freedom, double quantile) {
        assertThat(Student.quantile975(freedom)).isCloseTo(quantile, within(6e-7));
    }

    /** Of one degree of freedom it is tan(0.475 pi), of two 0.95 sqrt(2 / (1 - 0.95²)). */
    @Test
    void students_quantile_is_exact_where_it_has_a_closed_form() {
        assertThat(Student.quantile975(1)).isCloseTo(Math.tan(0.475 * Math.PI), within(1e-11));
        assertThat(Student.quantile975(2))
                .isCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95)), within(1e-12));
    }

    @Test
    void students_quantile_has_no_step_where_the_way_to_it_changes() {
        double slope = Student.quantile975(999.9999) - Student.quantile975(1000);
        assertThat(slope).isCloseTo(2.38e-10, within(2e-11));
        assertThat(Student.quantile975(1e12)).isCloseTo(Normal.QUANTILE_975, within(1e-11));
    }

    @Test
    void students_quantile_lies_between_those_of_whole_degrees() {
        assertThat(Student.quantile975(2.5)).isBetween(3.182447, 4.302652);
        assertThat(Student.quantile975(0.5)).isGreaterThan(12.7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void students_quantile_wants_degrees_of_freedom(double freedom) {
        assertThatIllegalArgumentException().isThrownBy(() -> Student.quantile975(freedom));
    }

    /** Abramowitz and Stegun, tables 26.1 and 26.2. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.5, 0.617075077451974",
        "1, 0.317310507862914",
        "1.959963984540054, 0.05",
        "2.575829303548901, 0.01",
        "2.9999999, 0.00269979695",
        "3.0000001, 0.00269979518",
        "3.290526731491926, 0.001",
        "5, 5.73303143758389e-7",
        "10, 1.52397060483211e-23"
    })
    void the_chance_to_be_so_far_from_zero_is_that_of_tables(double z, double chance) {
        assertThat(Normal.twoSided(z)).isCloseTo(chance, within(chance * 1e-8));
        assertThat(Normal.twoSided(-z)).isEqualTo(Normal.twoSided(z));
    }

    @Test
    void the_logarithm_of_the_gamma_function_is_that_of_factorials_and_tables() {
        assertThat(LogGamma.of(11)).isCloseTo(Math.log(3628800), within(1e-13));
        assertThat(LogGamma.of(0.25)).isCloseTo(Math.log(3.625609908221908), within(1e-13));
    }
}
